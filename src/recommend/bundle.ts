/** Opens and checks a bundle: everything that recommending and serving need. */
import { join } from 'node:path';
import { Value } from 'typebox/value';
import type { Catalogue } from '../data/anime.ts';
import { IdMap } from '../data/id-map.ts';
import { ArtefactError } from '../error.ts';
import { type OpenOptions, openArtefact, readJson } from '../home/artefact.ts';
import type { Signature } from '../home/signature.ts';
import { DISCOVERY_FILE, readDiscovery } from '../model/discovery/discovery-file.ts';
import { ItemWeights } from '../model/item-weights/item-weights.ts';
import { SlimWeights } from '../model/linear/slim-weights.ts';
import { isOfEarlierRelease } from '../model/rank/network-file.ts';
import { SecondStage } from '../model/rank/second-stage.ts';
import type { Recommender } from '../model/recommender.ts';
import { TitleSearch } from '../search/title-search.ts';
import { eventLoopTurn } from '../time-slice.ts';
import { TrafficBaseline } from '../traffic/traffic.ts';
import { BundleAbout, FILES, MODEL_NAMES } from './bundle-file.ts';
import { readCatalogue } from './catalogue-file.ts';
import { type Facets, facetsOf } from './facets.ts';
import { People } from './people.ts';
import { Ranker, type RankingWatch } from './ranker.ts';

export interface Models {
  /** collaborative and content-based in one model */
  readonly hybrid: SlimWeights;
  readonly collaborative: ItemWeights;
  readonly content: ItemWeights;
}

export interface Bundle {
  readonly version: string;
  readonly about: BundleAbout;
  readonly signature: Signature;
  readonly catalogue: Catalogue;
  readonly items: IdMap;
  readonly facets: Facets;
  readonly models: Models;
  readonly people: People;
  /** what traffic is compared with; null = the bundle was made by a release that had none */
  readonly baseline: TrafficBaseline | null;
  /** its second stage is of an earlier release and is not used: lists are in the first stage's order */
  readonly isOutdated: boolean;
  /** makes recommendations from this bundle; it owns its buffers */
  readonly ranker: Ranker;
  /** Built at the first call: it takes a second, and recommendations do not need it. */
  search(): Promise<TitleSearch>;
  /** Builds, in slices, what is otherwise built when it is first needed. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenBundleOptions extends Pick<OpenOptions, 'trust'> {
  /** receives a line about each damaged place of a file that is found while serving, once */
  readonly onDamage?: (line: string) => void;
  /** makes the observer that the bundle's ranker calls for each list */
  readonly watchLists?: (bundle: Pick<Bundle, 'version' | 'catalogue'>) => RankingWatch;
}

/**
 * Opens a version (default: the current one).
 * @throws ArtefactError when there is none, or it is damaged; the message names the file. TamperedError when its
 *   signature is not by a trusted key
 */
export async function openBundle(
  home: string,
  version?: string,
  { trust, onDamage, watchLists }: OpenBundleOptions = {},
): Promise<Bundle> {
  const {
    folder,
    version: opened,
    manifest,
    signature,
    blocks,
  } = await openArtefact(home, 'bundle', version, { trust, blocksOf: [FILES.people] });
  const about = await readAbout(join(folder, FILES.about));
  const catalogue = await openCatalogue(join(folder, FILES.catalogue), about.titles);
  const models: Models = {
    hybrid: await openModel(SlimWeights, folder, MODEL_NAMES.hybrid, about.titles),
    collaborative: await openModel(ItemWeights, folder, MODEL_NAMES.collaborative, about.titles),
    content: await openModel(ItemWeights, folder, MODEL_NAMES.content, about.titles),
  };
  // bundles of earlier releases have none
  const discovery =
    DISCOVERY_FILE in manifest.files ? await readDiscovery(folder, catalogue) : null;
  const hasBaseline = FILES.traffic in manifest.files;
  const baseline = hasBaseline ? await readBaseline(join(folder, FILES.traffic)) : null;
  const hasRank = FILES.rank in manifest.files;
  const isOutdated = hasRank && (await isOfEarlierRelease(join(folder, FILES.rank)));
  const secondStage = hasRank && !isOutdated ? await openSecondStage(folder, models.hybrid) : null;
  const { items, facets } = indexOf(join(folder, FILES.catalogue), catalogue);
  const people = await People.open(join(folder, FILES.people), {
    items: about.titles,
    blocks: blocks.get(FILES.people),
    onDamage,
  });
  if (people.size !== about.people) {
    await people.close();
    throw new ArtefactError(
      `${join(folder, FILES.people)} has ${people.size} people, ${FILES.about} says ${about.people}: ${REMEDY}`,
    );
  }
  let search: Promise<TitleSearch> | undefined;
  const searched = () => {
    search ??= TitleSearch.of(catalogue);
    return search;
  };
  return {
    version: opened,
    about,
    signature,
    catalogue,
    items,
    facets,
    models,
    people,
    baseline,
    isOutdated,
    ranker: new Ranker(
      { catalogue, facets, models, discovery, secondStage },
      watchLists?.({ version: opened, catalogue }),
    ),
    search: searched,
    async prepare() {
      for (const weights of [...models.hybrid.all, models.collaborative, models.content]) {
        await eventLoopTurn();
        weights.prepare();
      }
      await eventLoopTurn();
      secondStage?.prepare();
      await searched();
    },
    close: () => people.close(),
  };
}

const REMEDY = 'run "osusume publish" again';

/** Reads bundle.json. @throws ArtefactError when it does not match the schema */
export async function readAbout(path: string): Promise<BundleAbout> {
  const about = await readJson(path);
  if (Value.Check(BundleAbout, about)) return about;
  throw new ArtefactError(`${path}: ${firstProblem(Value.Errors(BundleAbout, about))}: ${REMEDY}`);
}

async function readBaseline(path: string): Promise<TrafficBaseline> {
  const baseline = await readJson(path);
  if (Value.Check(TrafficBaseline, baseline)) return baseline;
  const problem = firstProblem(Value.Errors(TrafficBaseline, baseline));
  throw new ArtefactError(`${path}: ${problem}: ${REMEDY}`);
}

async function openModel<Model extends Recommender>(
  kind: { load(folder: string, name: string): Promise<Model> },
  folder: string,
  name: string,
  titles: number,
): Promise<Model> {
  const model = await kind.load(folder, name);
  if (model.items === titles) return model;
  throw new ArtefactError(
    `${join(folder, `${name}.safetensors`)} has ${model.items} titles, the catalogue has ${titles}: ${REMEDY}`,
  );
}

async function openSecondStage(folder: string, first: SlimWeights): Promise<SecondStage> {
  try {
    return await SecondStage.load(folder, first);
  } catch (error) {
    if (error instanceof RangeError)
      throw new ArtefactError(`${join(folder, FILES.rank)}: ${error.message}: ${REMEDY}`);
    throw error;
  }
}

function indexOf(path: string, catalogue: Catalogue): { items: IdMap; facets: Facets } {
  try {
    const items = new IdMap(Int32Array.from(catalogue, ({ animeId }) => animeId));
    return { items, facets: facetsOf(catalogue, items) };
  } catch (error) {
    if (error instanceof RangeError)
      throw new ArtefactError(`${path}: ${error.message}: ${REMEDY}`);
    throw error;
  }
}

async function openCatalogue(path: string, titles: number): Promise<Catalogue> {
  const catalogue = await readCatalogue(path, REMEDY);
  if (catalogue.length === titles) return catalogue;
  throw new ArtefactError(
    `${path} has ${catalogue.length} titles, ${FILES.about} says ${titles}: ${REMEDY}`,
  );
}

function firstProblem(
  errors: readonly { readonly instancePath: string; readonly message: string }[],
): string {
  const [problem] = errors;
  return problem
    ? `${problem.instancePath || 'the file'} ${problem.message}`
    : 'is not as expected';
}
