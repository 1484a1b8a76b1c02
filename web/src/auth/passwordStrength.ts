/** From 0 (guessed at once) to 4 (out of reach). */
export type Strength = 0 | 1 | 2 | 3 | 4;

/** Guesses a password's strength; `known` are words an attacker would try first: the person's own names. */
export type Guess = (password: string, known: readonly string[]) => Strength;

let loading: Promise<Guess> | undefined;

/** Its word lists weigh more than the rest of the page, so they come when someone starts to choose a password. */
export function loadGuess(): Promise<Guess> {
  loading ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }]) => {
      const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
      return (password, known) => judge.check(password, [...known]).score;
    },
  );
  // Without a network there is no meter now; the next key tries again.
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}
