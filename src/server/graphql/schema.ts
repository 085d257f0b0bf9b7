/** The same things as under /api, as a graph: what is there, and what may be asked of it. */

export const SCHEMA = `
type Query {
  "A title; null when the catalogue does not have it"
  anime(animeId: Int!): Anime
  "Titles by name, in any language; without a query the most listed ones"
  search(query: String = "", limit: Int = 20, cursor: String, adult: Boolean = false): AnimePage!
  "Titles like one; null when the catalogue does not have it"
  similar(animeId: Int!, by: Model = hybrid, limit: Int = 12, cursor: String): SimilarPage
  "Recommendations for a list that the request brings; nothing of it is kept"
  recommendations(
    ratings: [RatingInput!]!
    "Whether the list has all that the person has seen; by default from eight titles on"
    whole: Boolean
    limit: Int = 20
    "Reasons a title at most"
    because: Int = 5
    rules: RulesInput
    "The pure order of the model; only what has been seen is left out"
    withoutRules: Boolean = false
  ): Recommendations!
  "A person of the data set; null when nobody has this id"
  user(userId: Int!): User
  "Well-known titles of many kinds, to pick favourites from"
  starters(limit: Int = 24): [Anime!]!
  bundle: Bundle!
}

enum AnimeType { TV Movie OVA ONA Special Music }
enum Season { winter spring summer fall }
enum Status { watching completed on_hold dropped plan_to_watch }
"What similar titles are found by: people and content in one, or either of them"
enum Model { hybrid collaborative content }

type Anime {
  "MyAnimeList's id"
  animeId: Int!
  "Romaji"
  title: String!
  titleEnglish: String
  titleJapanese: String
  synonyms: [String!]!
  type: AnimeType
  episodes: Int
  year: Int
  season: Season
  "ISO date, as precise as known"
  airedFrom: String
  airedTo: String
  "Minutes an episode"
  duration: Float
  source: String
  ratingClass: String
  adult: Boolean!
  genres: [String!]!
  studios: [String!]!
  "People who have it on their list"
  members: Int!
  "1–10"
  meanScore: Float
  synopsis: String
  "Where it stands in its story; null = a title of its own"
  franchise: FranchisePlace
  "Its whole story in watch order, itself included; empty when it stands alone"
  franchiseTitles: [Anime!]!
  similar(by: Model = hybrid, limit: Int = 12, cursor: String): SimilarPage!
}

type FranchisePlace {
  franchiseId: Int!
  name: String!
  "1 = first to watch"
  position: Int!
  size: Int!
  "The animeId of the title to have seen first"
  prerequisite: Int
}

type AnimePage { items: [Anime!]! next: String }
type SimilarPage { items: [SimilarAnime!]! next: String }
type SimilarAnime { anime: Anime! score: Float! }

type Recommendations {
  items: [Recommendation!]!
  "Ids that are not in the catalogue"
  ignored: [Int!]!
  "The version that answered"
  bundle: String!
}
type Recommendation {
  rank: Int!
  anime: Anime!
  "The model's own, whatever the rules made of the order"
  score: Float!
  "The part of it that no title caused: being well known"
  prior: Float!
  "Strongest first"
  because: [Because!]!
  "The title whose place it takes, because it is to be seen before that"
  insteadOf: Anime
}
type Because {
  anime: Anime!
  "Of what titles of the profile add to the score; all of them add up to 1"
  share: Float!
  contribution: Float!
}

type User {
  userId: Int!
  "Best rated first, then most listed"
  ratings(limit: Int = 100, cursor: String): EntryPage!
  recommendations(limit: Int = 20, because: Int = 5, withoutRules: Boolean = false): Recommendations!
}
type EntryPage { items: [ListEntry!]! next: String }
type ListEntry { anime: Anime! "null = not scored" rating: Int status: Status! }

type Bundle {
  version: String!
  people: Int!
  titles: Int!
  interactions: Int!
  model: String!
  publishedAt: String!
  genres: [String!]!
  origin: Origin!
  "As measured on held-out people, when they were"
  metrics: [Metric!]!
}
type Origin { name: String! synthetic: Boolean! }
type Metric { name: String! value: Float! }

input RatingInput {
  animeId: Int!
  "1–10; absent, null or 0 = seen, not scored"
  rating: Int
  "Default: completed"
  status: Status
}

"What is absent is as for a fan who has chosen nothing"
input RulesInput {
  seen: Boolean
  adult: Boolean
  prerequisites: Boolean
  franchise: Boolean
  types: [AnimeType!]
  genresIn: [String!]
  genresOut: [String!]
  "[from, to], both included"
  years: [Int!]
  minMembers: Int
  planned: Boolean
  "Ids of the list that say nothing about taste"
  without: [Int!]
  "−1 = popular, 1 = little known"
  niche: Float
  "0–1"
  variety: Float
}
`;
