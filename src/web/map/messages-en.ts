/** The map in English. Every other language has exactly these messages. */
export const mapEn = {
  heading: 'Map',
  label:
    'Map of all titles. Arrow keys move it, plus and minus zoom, Enter opens the title in the middle.',
  drawing: 'Unfolding the map.',
  none: 'The map is not drawn yet. It follows a minute or two after the data; your list works without it.',
  toList: 'Back to the list',
  search: 'Find a title on the map',
  found: 'Found',
  notHere: 'No such title on the map.',
  colour: 'Colour by',
  genre: 'Genre',
  year: 'Year',
  otherGenre: 'other',
  unknownYear: 'unknown',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  everything: 'Show everything',
  mine: 'your list',
  recommended: 'recommended for you',
  theirs: 'their list',
  recommendedTheirs: 'recommended for them',
  inView: 'In view',
  inViewNote: 'Of what the map shows now: your titles first, then the best known.',
  goTo: (title: string) => `Show ${title} on the map`,
};

export type MapMessages = typeof mapEn;
