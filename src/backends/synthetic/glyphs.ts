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

export const GLYPHS: ReadonlyMap<string, Glyph> = new Map(
  Object.entries(DRAWINGS).map(([character, rows]) => [
    character,
    rows.map((row) => [...row].flatMap((dot, column) => (dot === "#" ? [column] : []))),
  ]),
);
