/** The texts of a form by name; files and repeated names are left out. */
export function formTexts(form: FormData): Partial<Record<string, string>> {
  const texts: Partial<Record<string, string>> = {};
  for (const [name, value] of form) if (typeof value === 'string') texts[name] ??= value;
  return texts;
}
