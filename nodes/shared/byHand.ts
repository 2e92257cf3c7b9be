import type {
  IExecuteFunctions,
  IRunExecutionData,
  IWorkflowExecuteAdditionalData,
  WorkflowExecuteMode,
} from 'n8n-workflow';

/**
 * How the run was begun that this one belongs to. Of a sub-workflow n8n says `integrated`, whoever calls it; which run the
 * first of its callers is, n8n keeps beside the node (n8n 2.39, `rootExecutionMode`), and decides by it itself whose
 * credentials are taken. It forgets that when a sub-workflow goes on after a long Wait; how its direct caller was run is
 * then still kept with what the execution has stored. An n8n that says neither leaves the mode as it is.
 */
function rootMode(context: IExecuteFunctions): WorkflowExecuteMode {
  const mode = context.getMode();
  if (mode !== 'integrated') return mode;
  const data = Reflect.get(context, 'additionalData') as IWorkflowExecuteAdditionalData | undefined;
  const stored = Reflect.get(context, 'runExecutionData') as IRunExecutionData | undefined;
  const caller = stored?.parentExecution?.executionContext?.source;
  return data?.rootExecutionMode ?? caller ?? mode;
}

/** Whether a person tries the workflow in the editor, or a workflow that calls this one. */
export function isByHand(context: IExecuteFunctions): boolean {
  return rootMode(context) === 'manual';
}
