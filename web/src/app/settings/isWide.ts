/** Whether list and section stand beside each other, as in Shell.module.css. */
export function isWide(): boolean {
  return matchMedia('(min-width: 900px)').matches;
}
