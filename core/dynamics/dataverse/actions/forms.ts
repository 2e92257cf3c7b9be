/** Where an action stands: behind the set or row that it is bound to, or at the root of the service. */
export type ActionForm = 'bound' | 'unbound';

export const otherForm = (form: ActionForm): ActionForm => (form === 'bound' ? 'unbound' : 'bound');

/** Of each environment and action the form in which it was found, for as long as the process runs. */
export class KnownForms {
  private readonly forms = new Map<string, ActionForm>();
  private readonly searches = new Map<string, Promise<unknown>>();

  private static keyOf(root: string, name: string): string {
    return `${root} ${name}`;
  }

  of(root: string, name: string): ActionForm | undefined {
    return this.forms.get(KnownForms.keyOf(root, name));
  }

  note(root: string, name: string, form: ActionForm): void {
    this.forms.set(KnownForms.keyOf(root, name), form);
  }

  /**
   * Lets one caller find out a form while others wait for it: else each of many runs that begin together would call
   * the form that is not there.
   *
   * @returns what `search` returned; undefined where somebody else's search was waited for
   */
  async search<T>(root: string, name: string, search: () => Promise<T>): Promise<T | undefined> {
    const key = KnownForms.keyOf(root, name);
    const running = this.searches.get(key);
    if (running) {
      await running.catch(() => undefined);
      return undefined;
    }
    const own = search();
    this.searches.set(key, own);
    try {
      return await own;
    } finally {
      this.searches.delete(key);
    }
  }
}
