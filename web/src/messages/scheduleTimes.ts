/** Proposed times, as they are for the person here. */
export function proposedTimes(now: Date): {
  readonly inAnHour: Date;
  readonly tonight: Date | null;
  readonly tomorrow: Date;
} {
  const tonight = atHour(now, 0, 19);
  return {
    inAnHour: new Date(Math.ceil((now.getTime() + 3_600_000) / 60_000) * 60_000),
    tonight: tonight > now ? tonight : null,
    tomorrow: atHour(now, 1, 9),
  };
}

/** As `<input type="datetime-local">` holds it. */
export function toLocalInput(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Undefined while it is not whole. */
export function fromLocalInput(text: string): Date | undefined {
  const date = new Date(text);
  return text === '' || Number.isNaN(date.getTime()) ? undefined : date;
}

function atHour(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
