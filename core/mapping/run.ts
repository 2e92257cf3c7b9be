import type { DocumentType, TellField } from '../documents';
import type { ServiceError } from '../errors';
import { toServiceError } from '../errors';
import type { Note } from '../notes';
import { fitDocument } from '../text';
import { causedByRows, type FailedRows, problemError } from './problems';
import type { Step } from './rules';
import type { FieldProblem, MappingContext, Run, Scope, Tell } from './scope';
import type { Shapes } from './shapes';
import { startNextWave } from './waves';
import type { Target } from './write';

export type MappingResult =
  | { ok: true; document: Target; notes?: Note[] }
  | { ok: false; error: ServiceError; problems: FieldProblem[] };

/** What makes a document, or changes one that has been made. */
export interface Stage {
  steps: Step[];
  /** Writes onto the result so far, reading the first document. */
  isOverlay: boolean;
  /** Completes a copy of the document that the mapping reads, as a mapping that makes such a document does. */
  isSource?: boolean;
  /** What is said of rows of this stage that have failed. */
  rows: FailedRows;
  /** What its document type adds to the finished document, and asks of it beyond its fields. */
  type?: Pick<DocumentType, 'complete' | 'check' | 'reads' | 'xmlText'>;
}

/** One document on its way through the stages. */
export class DocumentRun {
  pending: Promise<void>[] = [];
  private readonly notes: Note[] = [];
  private readonly tell: Tell = (message) => this.notes.push({ field: '', message });
  private readonly tellUnfit = (field: string): void =>
    this.tellField(field, 'characters that cannot be sent were taken out');
  private readonly tellField: TellField = (field, message) => this.notes.push({ field, message });
  private at = 0;
  private current: unknown;
  private run: Run | undefined;
  private failure: ServiceError | undefined;

  constructor(
    private readonly stages: readonly Stage[],
    private readonly shapes: Shapes,
    private readonly document: unknown,
    private readonly context: MappingContext,
  ) {
    this.current = document;
  }

  /** Goes on with the stage, or starts the next one; false when there is none, or the last one failed. */
  next(): boolean {
    this.pending.length = 0;
    if (this.run?.later && startNextWave(this.run)) return true;
    if (this.at > 0) this.finishStage();
    const stage = this.stages[this.at];
    if (stage === undefined || this.hasFailed()) return false;
    this.at += 1;
    const target = this.targetOf(stage);
    const context = stage.isOverlay ? { ...this.context, mapped: target } : this.context;
    const value = stage.isOverlay ? this.document : this.current;
    const { notes, tell, pending } = this;
    this.run = { context, problems: [], notes, tell, pending };
    const scope: Scope = { value, root: value, parent: undefined, index: 0, run: this.run };
    for (const step of stage.steps) step(scope, target);
    this.current = target;
    return true;
  }

  private targetOf({ isOverlay, isSource }: Stage): Target {
    if (isOverlay) return this.current as Target;
    return isSource === true ? { ...(structuredClone(this.document) as Target) } : {};
  }

  result(): MappingResult {
    const problems = this.run?.problems ?? [];
    const stage = this.stages[this.at - 1];
    if (stage && problems.length > 0) {
      const error = problemError(problems, stage.rows);
      return { ok: false, error, problems };
    }
    if (this.failure) return { ok: false, error: this.failure, problems: [] };
    const { notes } = this;
    return { ok: true, document: this.current as Target, ...(notes.length > 0 && { notes }) };
  }

  private hasFailed(): boolean {
    return this.failure !== undefined || (this.run?.problems.length ?? 0) > 0;
  }

  private finishStage(): void {
    const stage = this.stages[this.at - 1];
    if (this.hasFailed()) return;
    if (stage?.type) this.completeAs(stage.type, stage.rows);
    this.shapes.learn(this.current);
  }

  private completeAs(type: NonNullable<Stage['type']>, rows: FailedRows): void {
    try {
      if (type.xmlText) fitDocument(this.current as Target, this.tellUnfit);
      type.complete?.(this.current as Target, this.context.settings ?? {}, this.tellField);
      type.check?.(this.current as Target);
    } catch (error) {
      this.failure = causedByRows(toServiceError(error), rows, type.reads);
    }
  }
}
