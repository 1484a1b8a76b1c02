interface KeptOptions<Value> {
  /** The oldest go when all together weigh more. */
  readonly weightMax: number;
  readonly weightOf: (value: Value) => number;
  readonly forMs: number;
}

interface Entry<Value> {
  readonly until: number;
  readonly value: Promise<Value>;
  weight: number;
}

/** Keeps what took trouble to get, for a while; who asks for what is under way waits for the same. Failures are not kept. */
export function createKept<Value>({ weightMax, weightOf, forMs }: KeptOptions<Value>) {
  const entries = new Map<string, Entry<Value>>();
  let weight = 0;

  function drop(key: string): void {
    weight -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }

  async function settle(key: string, entry: Entry<Value>): Promise<void> {
    try {
      const value = await entry.value;
      if (entries.get(key) !== entry) return;
      entry.weight = weightOf(value);
      weight += entry.weight;
      for (const oldest of entries.keys()) {
        if (weight <= weightMax) break;
        drop(oldest);
      }
    } catch {
      if (entries.get(key) === entry) drop(key);
    }
  }

  return {
    get(key: string, make: () => Promise<Value>): Promise<Value> {
      const known = entries.get(key);
      if (known && known.until > performance.now()) return known.value;
      drop(key);
      const entry = { until: performance.now() + forMs, value: make(), weight: 0 };
      entries.set(key, entry);
      void settle(key, entry);
      return entry.value;
    },
  };
}
