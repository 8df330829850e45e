// Dates and names in words, in British English and London time, whatever the browser's language and zone.

const ZONE = 'Europe/London';
const format = options => new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, ...options });
const dayFormat = format({ day: 'numeric', month: 'long', year: 'numeric' });
const weekdayFormat = format({ weekday: 'long' });
const timeFormat = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const isoFormat = format({ year: 'numeric', month: '2-digit', day: '2-digit' });

const plural = (count, unit) => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** Accepts an instant ("2026-11-23T17:00:00Z") or a plain day ("2026-11-23"), which is noon of that day in London. */
function instant(value) {
  return value instanceof Date ? value : new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T12:00:00Z` : value);
}

const isDay = value => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** The calendar day in London, counted from some fixed day: differences are whole days also across clock changes. */
function dayNumber(date) {
  const parts = Object.fromEntries(isoFormat.formatToParts(date).map(part => [part.type, part.value]));
  return Date.UTC(+parts.year, parts.month - 1, +parts.day) / 86_400_000;
}

/** "20 November 2026" */
export const day = value => dayFormat.format(instant(value));

/** "Friday 20 November 2026" */
export const longDay = value => `${weekdayFormat.format(instant(value))} ${day(value)}`;

/** "17:00" */
export const time = value => timeFormat.format(instant(value));

/** "20 November 2026, 17:00"; a plain day stays a plain day. */
export const moment = value => isDay(value) ? day(value) : `${day(value)}, ${time(value)}`;

/** "today", "tomorrow", "Wednesday" within six days, else "20 November 2026". */
function near(date, now) {
  const distance = dayNumber(date) - dayNumber(now);
  if (distance === 0) return 'today';
  if (distance === 1) return 'tomorrow';
  if (distance === -1) return 'yesterday';
  return distance > 1 && distance < 7 ? weekdayFormat.format(date) : day(date);
}

/** A length of time in the one unit that a reader needs: "25 minutes", "2 hours", "3 days". */
export function length(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return plural(minutes, 'minute');
  if (minutes < 48 * 60) return plural(Math.floor(minutes / 60), 'hour');
  return plural(Math.floor(minutes / 1440), 'day');
}

/**
 * "due today 17:00", "due in 25 minutes", "3 working days late", "late now". By how much it is late the server says, who knows which
 * days are working days and what is counted by the clock.
 */
export function due(value, lateBy = null, now = new Date()) {
  const date = instant(value);
  const left = date - now;
  if (lateBy || left < 0) {
    return lateBy ? `${lateBy} late` : 'late now';
  }
  if (left < 3_600_000) {
    return `due in ${plural(Math.max(1, Math.ceil(left / 60_000)), 'minute')}`;
  }
  return `due ${near(date, now)} ${time(date)}`;
}

/** How long after it happened a thing was recorded, in days or hours: "3 days", or null when it was at once. */
export function delay(happened, recorded) {
  if (!happened || !recorded) return null;
  const days = dayNumber(instant(recorded)) - dayNumber(instant(happened));
  if (isDay(happened) || days > 0) return days > 0 ? plural(days, 'day') : null;
  const milliseconds = instant(recorded) - instant(happened);
  return milliseconds >= 3_600_000 ? length(milliseconds) : null;
}

/** "Aoife, Niall and Zoë" */
export const names = children => children.length < 2 ? children.join('')
  : `${children.slice(0, -1).join(', ')} and ${children.at(-1)}`;
