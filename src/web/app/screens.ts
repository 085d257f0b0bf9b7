/**
 * The screens besides the list. To add one: a line here, and a path in api/constants/screen-paths.ts. The header shows it,
 * and it is loaded when it is first opened (its styles are imported in main.tsx).
 */
import type { ComponentType } from 'preact';
import type { ScreenPath } from '../../api/constants/screen-paths.ts';
import type { Messages } from '../i18n/en.ts';
import type { ScreenProps } from './screen-props.ts';

export interface Screen {
  readonly path: ScreenPath;
  readonly label: Exclude<keyof Messages['screens'], 'label' | 'opening' | 'nothing' | 'back'>;
  readonly load: () => Promise<ComponentType<ScreenProps>>;
}

export const SCREENS: readonly Screen[] = [
  {
    path: '/watchlist',
    label: 'watchlist',
    load: async () => (await import('../watchlist/watchlist-screen.tsx')).WatchlistScreen,
  },
  {
    path: '/taste',
    label: 'taste',
    load: async () => (await import('../taste/taste-screen.tsx')).TasteScreen,
  },
  {
    path: '/map',
    label: 'map',
    load: async () => (await import('../map/map-screen.tsx')).MapScreen,
  },
];

/** Where the list is. */
export const LIST_PATH = '/';
