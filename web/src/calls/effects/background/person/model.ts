/** Numbers in rows, columns and channels; the channels of a pixel lie together. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

type Kind =
  | 'add'
  | 'convolve'
  | 'convolveEach'
  | 'enlarge'
  | 'hardSwish'
  | 'mean'
  | 'multiply'
  | 'relu'
  | 'sigmoid'
  | 'unfold';

export interface Step {
  readonly kind: Kind;
  readonly inputs: readonly number[];
  readonly output: number;
  /** How far apart the places are that a window looks at. */
  readonly stride: number;
}

export interface Model {
  readonly tensors: readonly Tensor[];
  readonly steps: readonly Step[];
  readonly input: number;
  readonly output: number;
}

/** The operators that the network of a person's outline is made of, by their numbers in TensorFlow Lite's schema. */
const KINDS = new Map<number, Kind | 'widen'>([
  [0, 'add'],
  [3, 'convolve'],
  [4, 'convolveEach'],
  [6, 'widen'],
  [14, 'sigmoid'],
  [18, 'multiply'],
  [19, 'relu'],
  [23, 'enlarge'],
  [32, 'unfold'],
  [40, 'mean'],
  [117, 'hardSwish'],
]);

const FLOAT_16 = 1;
const INT_32 = 2;

/**
 * Reads a network from a TensorFlow Lite file (a FlatBuffer): its weights and the order of its steps. Knows just what
 * the model needs that we ship.
 * @throws Error for a file of another kind
 */
export function readModel(file: ArrayBuffer): Model {
  const flat = openFlatBuffer(file);
  const [graph] = flat.tables(flat.root, 2);
  if (graph === undefined) throw new Error('the model has no graph');
  const buffers = flat.tables(flat.root, 4).map((buffer) => flat.bytes(buffer, 0));
  const operators = flat
    .tables(flat.root, 1)
    .map((operator) => Math.max(flat.int(operator, 3), flat.byte(operator, 0)));
  const tensors = flat.tables(graph, 0).map((tensor): Tensor => {
    const shape = flat.ints(tensor, 0);
    const size = shape.reduce((product, length) => product * length, 1);
    return { shape, data: numbersOf(buffers[flat.int(tensor, 2)], flat.byte(tensor, 1)) ?? new Float32Array(size) };
  });
  // Weights are kept as half-size numbers, and widened before use; `numbersOf` has done that.
  const kept = new Map<number, number>();
  const steps: Step[] = [];
  for (const operator of flat.tables(graph, 3)) {
    const kind = KINDS.get(operators[flat.int(operator, 0)] ?? -1);
    if (!kind) throw new Error('the model has a step of an unknown kind');
    const inputs = flat.ints(operator, 1).map((input) => kept.get(input) ?? input);
    const [output = 0] = flat.ints(operator, 2);
    if (kind === 'widen') kept.set(output, inputs[0] ?? 0);
    else steps.push({ kind, inputs, output, stride: strideOf(flat, kind, operator) });
  }
  return { tensors, steps, input: flat.ints(graph, 1)[0] ?? 0, output: flat.ints(graph, 2)[0] ?? 0 };
}

function strideOf(flat: FlatBuffer, kind: Kind, operator: number): number {
  const options = flat.table(operator, 4);
  return options !== null && (kind === 'convolve' || kind === 'convolveEach') ? flat.int(options, 1) : 1;
}

/** Null for what is computed and not kept in the file. */
function numbersOf(bytes: DataView | null | undefined, type: number): Float32Array | null {
  if (!bytes) return null;
  if (type === FLOAT_16)
    return Float32Array.from({ length: bytes.byteLength / 2 }, (_, index) =>
      fromHalf(bytes.getUint16(index * 2, true)),
    );
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) =>
    type === INT_32 ? bytes.getInt32(index * 4, true) : bytes.getFloat32(index * 4, true),
  );
}

/** A number of sixteen bits: sign, five bits of exponent, ten of fraction. */
function fromHalf(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

type FlatBuffer = ReturnType<typeof openFlatBuffer>;

/** A FlatBuffer's tables, each known by its place in the file, with fields by their number; what is left out is 0. */
function openFlatBuffer(file: ArrayBuffer) {
  const view = new DataView(file);
  const follow = (at: number): number => at + view.getUint32(at, true);

  function field(table: number, index: number): number | null {
    const fields = table - view.getInt32(table, true);
    const slot = 4 + 2 * index;
    const offset = slot < view.getUint16(fields, true) ? view.getUint16(fields + slot, true) : 0;
    return offset === 0 ? null : table + offset;
  }

  function places(table: number, index: number): number[] {
    const at = field(table, index);
    if (at === null) return [];
    const start = follow(at);
    return Array.from({ length: view.getUint32(start, true) }, (_, item) => start + 4 + item * 4);
  }

  return {
    root: follow(0),
    int(table: number, index: number): number {
      const at = field(table, index);
      return at === null ? 0 : view.getInt32(at, true);
    },
    byte(table: number, index: number): number {
      const at = field(table, index);
      return at === null ? 0 : view.getInt8(at);
    },
    ints: (table: number, index: number): number[] => places(table, index).map((at) => view.getInt32(at, true)),
    table(table: number, index: number): number | null {
      const at = field(table, index);
      return at === null ? null : follow(at);
    },
    tables: (table: number, index: number): number[] => places(table, index).map(follow),
    bytes(table: number, index: number): DataView | null {
      const at = field(table, index);
      if (at === null) return null;
      const start = follow(at);
      return new DataView(file, start + 4, view.getUint32(start, true));
    },
  };
}
