/** Rows of a CSV text (RFC 4180) by the names in its header; written independently of the product's reader, to check it. */
export function csvRows(text: string): Record<string, string>[] {
  const records = csvRecords(text.replace(/^\ufeff/, ''));
  const header = records[0];
  return records.slice(1).map((record, r) => {
    if (record.length !== header.length)
      throw new Error(`row ${r + 2} has ${record.length} fields, the header ${header.length}`);
    return Object.fromEntries(header.map((name, c) => [name, record[c]]));
  });
}

function csvRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const token = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new Error(`broken quoting at character ${at}`);
    record.push(match[1] !== undefined ? match[1].replaceAll('""', '"') : match[2]);
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
