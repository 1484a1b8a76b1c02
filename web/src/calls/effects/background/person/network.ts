/* oxlint-disable complexity, max-depth, max-params -- a convolution is six loops; cut up it would be neither faster nor plainer */
import type { Model, Step, Tensor } from './model.ts';

/**
 * Runs a small network on the processor. Each step writes into memory that was set aside when the model was read, so
 * that a frame costs arithmetic and nothing else: 33 million multiplications, 20 to 40 ms on a laptop.
 */
export function createNetwork(model: Model) {
  const { tensors, steps } = model;
  const at = (index: number | undefined): Tensor => {
    const tensor = index === undefined ? undefined : tensors[index];
    if (!tensor) throw new Error('the model names a tensor that it lacks');
    return tensor;
  };
  const runs = steps.map((step) => prepare(step, step.inputs.map(at), at(step.output)));
  return {
    /** Fill it, then run. */
    input: at(model.input),
    output: at(model.output),
    run(): void {
      for (const run of runs) run();
    },
  };
}

// oxlint-disable-next-line typescript/consistent-return -- every kind returns
function prepare({ kind, stride }: Step, inputs: readonly Tensor[], output: Tensor): () => void {
  const input = (place: number): Tensor => {
    const tensor = inputs[place];
    if (!tensor) throw new Error(`a step (${kind}) lacks an input`);
    return tensor;
  };
  const layer = (): Layer => ({ input: input(0), weights: input(1), bias: input(2), output, stride });
  switch (kind) {
    case 'add':
      return bind(add, input(0), input(1), output);
    case 'multiply':
      return bind(multiply, input(0), input(1), output);
    case 'relu':
      return bind(relu, input(0), output);
    case 'sigmoid':
      return bind(sigmoid, input(0), output);
    case 'hardSwish':
      return bind(hardSwish, input(0), output);
    case 'mean':
      return bind(mean, input(0), output);
    case 'enlarge':
      return bind(enlarge, input(0), output);
    case 'convolve':
      return bind(convolve, layer());
    case 'convolveEach':
      return bind(convolveEach, layer());
    case 'unfold':
      return bind(unfold, layer());
  }
}

function bind<Inputs extends unknown[]>(run: (...inputs: Inputs) => void, ...inputs: Inputs): () => void {
  return () => run(...inputs);
}

interface Layer {
  readonly input: Tensor;
  readonly weights: Tensor;
  readonly bias: Tensor;
  readonly output: Tensor;
  readonly stride: number;
}

interface Size {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

function sizeOf({ shape }: Tensor): Size {
  const [, height = 1, width = 1, channels = 1] = shape;
  return { height, width, channels };
}

function relu({ data }: Tensor, { data: result }: Tensor): void {
  for (let index = 0; index < result.length; index += 1) result[index] = Math.max(0, data[index]!);
}

function sigmoid({ data }: Tensor, { data: result }: Tensor): void {
  for (let index = 0; index < result.length; index += 1) result[index] = 1 / (1 + Math.exp(-data[index]!));
}

function hardSwish({ data }: Tensor, { data: result }: Tensor): void {
  for (let index = 0; index < result.length; index += 1)
    result[index] = (data[index]! * Math.min(6, Math.max(0, data[index]! + 3))) / 6;
}

function add({ data: left }: Tensor, { data: right }: Tensor, { data: result }: Tensor): void {
  for (let index = 0; index < result.length; index += 1) result[index] = left[index]! + right[index]!;
}

/** Each channel by its own factor. */
function multiply({ data }: Tensor, { data: factors }: Tensor, { data: result }: Tensor): void {
  const channels = factors.length;
  for (let index = 0; index < result.length; index += channels)
    for (let channel = 0; channel < channels; channel += 1)
      result[index + channel] = data[index + channel]! * factors[channel]!;
}

/** Of each channel over the whole picture. */
function mean(input: Tensor, { data: result }: Tensor): void {
  const { height, width, channels } = sizeOf(input);
  result.fill(0);
  for (let index = 0; index < input.data.length; index += channels)
    for (let channel = 0; channel < channels; channel += 1) result[channel]! += input.data[index + channel]!;
  for (let channel = 0; channel < channels; channel += 1) result[channel]! /= height * width;
}

/** Where a window begins so that the windows of all results lie evenly over the input. */
function marginOf(length: number, results: number, window: number, stride: number): number {
  return Math.max(0, (results - 1) * stride + window - length) >> 1;
}

/** Each result from all channels in a window. Four results at a time: the pixels are then read a quarter as often. */
function convolve({ input, weights, bias, output, stride }: Layer): void {
  const from = sizeOf(input);
  const to = sizeOf(output);
  const window = sizeOf(weights);
  const top = marginOf(from.height, to.height, window.height, stride);
  const left = marginOf(from.width, to.width, window.width, stride);
  const { data } = input;
  const { data: factors } = weights;
  const { data: biases } = bias;
  const { data: results } = output;
  const { channels } = from;
  const size = window.height * window.width * channels;
  let place = 0;
  for (let row = 0; row < to.height; row += 1) {
    for (let column = 0; column < to.width; column += 1) {
      for (let result = 0; result < to.channels; result += 4) {
        let one = biases[result]!;
        let two = biases[result + 1]!;
        let three = biases[result + 2]!;
        let four = biases[result + 3]!;
        for (let down = 0; down < window.height; down += 1) {
          const y = row * stride + down - top;
          if (y < 0 || y >= from.height) continue;
          for (let across = 0; across < window.width; across += 1) {
            const x = column * stride + across - left;
            if (x < 0 || x >= from.width) continue;
            const pixel = (y * from.width + x) * channels;
            let factor = result * size + (down * window.width + across) * channels;
            for (let at = pixel; at < pixel + channels; at += 1) {
              const value = data[at]!;
              one += value * factors[factor]!;
              two += value * factors[factor + size]!;
              three += value * factors[factor + 2 * size]!;
              four += value * factors[factor + 3 * size]!;
              factor += 1;
            }
          }
        }
        results[place] = one;
        results[place + 1] = two;
        results[place + 2] = three;
        results[place + 3] = four;
        place += 4;
      }
    }
  }
}

/** Each channel in a window of its own. */
function convolveEach({ input, weights, bias, output, stride }: Layer): void {
  const from = sizeOf(input);
  const to = sizeOf(output);
  const window = sizeOf(weights);
  const top = marginOf(from.height, to.height, window.height, stride);
  const left = marginOf(from.width, to.width, window.width, stride);
  const { channels } = to;
  const { data: result } = output;
  for (let row = 0; row < to.height; row += 1) {
    for (let column = 0; column < to.width; column += 1) {
      const place = (row * to.width + column) * channels;
      for (let channel = 0; channel < channels; channel += 1) result[place + channel] = bias.data[channel]!;
      for (let down = 0; down < window.height; down += 1) {
        const y = row * stride + down - top;
        if (y < 0 || y >= from.height) continue;
        for (let across = 0; across < window.width; across += 1) {
          const x = column * stride + across - left;
          if (x < 0 || x >= from.width) continue;
          const pixel = (y * from.width + x) * channels;
          const factor = (down * window.width + across) * channels;
          for (let channel = 0; channel < channels; channel += 1)
            result[place + channel]! += input.data[pixel + channel]! * weights.data[factor + channel]!;
        }
      }
    }
  }
}

/** Twice as large; each pixel between its neighbours. */
function enlarge(input: Tensor, output: Tensor): void {
  const from = sizeOf(input);
  const to = sizeOf(output);
  const { channels } = to;
  for (let row = 0; row < to.height; row += 1) {
    const [above, below, down] = between(row, from.height, to.height);
    for (let column = 0; column < to.width; column += 1) {
      const [before, after, across] = between(column, from.width, to.width);
      const place = (row * to.width + column) * channels;
      const corners = [
        (above * from.width + before) * channels,
        (above * from.width + after) * channels,
        (below * from.width + before) * channels,
        (below * from.width + after) * channels,
      ] as const;
      for (let channel = 0; channel < channels; channel += 1) {
        const high = mix(input.data[corners[0] + channel]!, input.data[corners[1] + channel]!, across);
        const low = mix(input.data[corners[2] + channel]!, input.data[corners[3] + channel]!, across);
        output.data[place + channel] = mix(high, low, down);
      }
    }
  }
}

/** The two neighbours in the small picture and how far it is from the first to the second; centres lie on centres. */
function between(place: number, small: number, large: number): readonly [number, number, number] {
  const exact = Math.max(0, ((place + 0.5) * small) / large - 0.5);
  const before = Math.floor(exact);
  return [before, Math.min(before + 1, small - 1), exact - before];
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** The last step, to the full size: each pixel becomes a square of two by two. */
function unfold({ input, weights, bias, output }: Layer): void {
  const { height, width, channels } = sizeOf(input);
  for (let row = 0; row < height * 2; row += 1) {
    for (let column = 0; column < width * 2; column += 1) {
      const pixel = ((row >> 1) * width + (column >> 1)) * channels;
      const factor = ((row & 1) * 2 + (column & 1)) * channels;
      let sum = bias.data[0]!;
      for (let channel = 0; channel < channels; channel += 1)
        sum += input.data[pixel + channel]! * weights.data[factor + channel]!;
      output.data[row * width * 2 + column] = sum;
    }
  }
}
