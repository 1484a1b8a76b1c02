interface FieldEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Behind the text, when not said. */
  readonly selectFrom?: number;
  readonly selectTo?: number;
}

/** Changes a field as if it had been typed: it can be undone, and whoever listens to the field hears of it. */
export function editField(field: HTMLTextAreaElement, edit: FieldEdit): void {
  const { from, to, text } = edit;
  const end = from + text.length;
  field.focus({ preventScroll: true });
  field.setSelectionRange(from, to);
  // Deprecated, and yet nothing else writes into the field's undo history.
  if (!document.execCommand('insertText', false, text)) {
    field.setRangeText(text, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  field.setSelectionRange(edit.selectFrom ?? end, edit.selectTo ?? edit.selectFrom ?? end);
}
