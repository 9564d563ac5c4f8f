/** Something under way that can be given up. */
export interface Cancellable {
  cancel(): void;
}

const registries = new WeakMap<AbortSignal, Set<Cancellable>>();

/**
 * What is given up when a signal is aborted: add it when it starts, and delete it when it ends. One listener for a signal,
 * because a listener for every fetch costs as much as the fetch's answer, and would pile up on the signal of a
 * subscription.
 */
export function givenUpWith(signal: AbortSignal): Set<Cancellable> {
  let underWay = registries.get(signal);
  if (!underWay) {
    const items = new Set<Cancellable>();
    registries.set(signal, (underWay = items));
    signal.addEventListener(
      'abort',
      () => {
        for (const item of items) item.cancel();
        items.clear();
      },
      { once: true },
    );
  }
  return underWay;
}
