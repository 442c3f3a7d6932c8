// Solitaire lists (接龙): recognised, split into rows, and continued by one row.

const HEADER = /^\s*[#\uff03]?\s*接龙/u;
const ROW = /^\s*(\d{1,4})\s*[.、\uff0e)\uff09]\s*(.*)$/u;

/** Whether a text is a list that people re-send. */
export function isSolitaire(text) {
  const lines = text.split("\n");
  return HEADER.test(lines[0]) || (/接龙/u.test(text) && lines.filter((line) => ROW.test(line)).length > 1);
}

/** The list as `{ head, rows: [{ number, text }] }`; lines after a row belong to it. */
export function rowsOf(text) {
  const head = [];
  const rows = [];
  for (const line of text.split("\n")) {
    const match = ROW.exec(line);
    if (match) rows.push({ number: match[1], text: match[2] });
    else if (rows.length && line.trim()) rows.at(-1).text += `\n${line}`;
    else if (!rows.length) head.push(line);
  }
  return { head: head.join("\n").trim(), rows };
}

/** The text that continues a list (or begins one, without `last`) with a row of this person. */
export function continued(last, name) {
  if (!last) return `#接龙\n\n1. ${name} `;
  const numbers = rowsOf(last).rows.map((row) => Number(row.number));
  return `${last.trimEnd()}\n${Math.max(0, ...numbers) + 1}. ${name} `;
}
