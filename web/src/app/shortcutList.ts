/** What `?` lists: keys of the whole page first, then those of its parts. */
export const SHORTCUTS = [
  { keys: '?', word: 'keyHelp' },
  { keys: 'Ctrl+K', word: 'keyFind' },
  { keys: 'Ctrl+,', word: 'keySettings' },
  { keys: 'Alt+↑', word: 'keyPrevious' },
  { keys: 'Alt+↓', word: 'keyNext' },
  { keys: 'Shift+F10', word: 'keyMenu' },
  { keys: 'Esc', word: 'keyBack' },
  { keys: 'Enter', word: 'keySend' },
  { keys: 'Shift+Enter', word: 'keyLine' },
  { keys: '↑', word: 'keyEditLast' },
  { keys: 'R', word: 'keyReply' },
  { keys: 'Del', word: 'keyDelete' },
  { keys: 'Ctrl+B', word: 'keyBold' },
  { keys: 'Ctrl+I', word: 'keyItalic' },
  { keys: 'Ctrl+E', word: 'keyCode' },
  { keys: 'Ctrl+Shift+X', word: 'keyStrike' },
] as const;
