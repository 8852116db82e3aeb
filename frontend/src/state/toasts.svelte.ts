import type { Toast } from '../model/toast';

type Wanted = Partial<Omit<Toast, 'id' | 'text'>>;

const shown = 6_000;

/** The toasts of the window, the newest last. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** Shows a toast and returns its id. */
  show(text: string, wanted: Wanted = {}): number {
    const until = wanted.until ?? Date.now() + shown;
    const toast: Toast = { tone: 'plain', counts: false, ...wanted, until, id: this.#next++, text };
    this.list = [...this.list, toast].slice(-3);
    this.#timers.set(
      toast.id,
      setTimeout(() => this.close(toast.id), Math.max(0, until - Date.now())),
    );
    return toast.id;
  }

  close(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((t) => t.id !== id);
  }

  /** Takes the act of a toast, once. */
  take(id: number): void {
    const action = this.list.find((t) => t.id === id)?.action;
    this.close(id);
    action?.run();
  }

  /** Takes the act of the newest toast that has one; false when there is none. */
  act(): boolean {
    const toast = this.list.findLast((t) => t.action);
    if (toast) this.take(toast.id);
    return toast !== undefined;
  }
}
