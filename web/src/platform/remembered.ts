/** A function of a text that remembers its last answers, those longest unused forgotten first. */
export function createRemembered<Answer>(answer: (text: string) => Answer, size: number): (text: string) => Answer {
  const known = new Map<string, { readonly answer: Answer }>();
  return (text) => {
    const found = known.get(text) ?? { answer: answer(text) };
    known.delete(text);
    known.set(text, found);
    const [oldest] = known.keys();
    if (known.size > size && oldest !== undefined) known.delete(oldest);
    return found.answer;
  };
}
