import type {
  IExecuteFunctions,
  IWorkflowExecuteAdditionalData,
  WorkflowExecuteMode,
} from 'n8n-workflow';

/**
 * How the run was begun that this one belongs to. Of a sub-workflow n8n says `integrated`, whoever calls it; which run the
 * first of its callers is, n8n keeps beside the node (n8n 2.39, `rootExecutionMode`), and decides by it itself whose
 * credentials are taken. An n8n that does not say it leaves the mode as it is.
 */
function rootMode(context: IExecuteFunctions): WorkflowExecuteMode {
  const mode = context.getMode();
  if (mode !== 'integrated') return mode;
  const data = Reflect.get(context, 'additionalData') as IWorkflowExecuteAdditionalData | undefined;
  return data?.rootExecutionMode ?? mode;
}

/** Whether a person tries the workflow in the editor, or a workflow that calls this one. */
export function isByHand(context: IExecuteFunctions): boolean {
  return rootMode(context) === 'manual';
}
