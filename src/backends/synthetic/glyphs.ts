/** Characters as five columns by seven rows of dots, a string to a row. */
const DRAWINGS: Readonly<Record<string, readonly string[]>> = {
  "0": [" ### ", "#   #", "#  ##", "# # #", "##  #", "#   #", " ### "],
  "1": ["  #  ", " ##  ", "  #  ", "  #  ", "  #  ", "  #  ", " ### "],
  "2": [" ### ", "#   #", "    #", "  ## ", " #   ", "#    ", "#####"],
  "3": [" ### ", "#   #", "    #", "  ## ", "    #", "#   #", " ### "],
  "4": ["   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # "],
  "5": ["#####", "#    ", "#### ", "    #", "    #", "#   #", " ### "],
  "6": [" ### ", "#    ", "#### ", "#   #", "#   #", "#   #", " ### "],
  "7": ["#####", "    #", "   # ", "  #  ", "  #  ", "  #  ", "  #  "],
  "8": [" ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### "],
  "9": [" ### ", "#   #", "#   #", " ####", "    #", "    #", " ### "],
  ":": ["     ", "  #  ", "  #  ", "     ", "  #  ", "  #  ", "     "],
  ".": ["     ", "     ", "     ", "     ", "     ", "  #  ", "  #  "],
  " ": ["     ", "     ", "     ", "     ", "     ", "     ", "     "],
};

/** Columns of the dots that are lit, row by row. */
export type Glyph = readonly (readonly number[])[];

const glyphs = new Map<string, Glyph>();

/** Undefined for a character that has no drawing. */
export function glyphOf(character: string): Glyph | undefined {
  const known = glyphs.get(character);
  if (known !== undefined) return known;
  const glyph = DRAWINGS[character]?.map((row) =>
    [...row].flatMap((dot, column) => (dot === "#" ? [column] : [])),
  );
  if (glyph !== undefined) glyphs.set(character, glyph);
  return glyph;
}
