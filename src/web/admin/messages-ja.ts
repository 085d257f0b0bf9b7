/** The operators' console in Japanese: written for it, not translated word by word. */

import { numbers } from '../i18n/format.ts';
import type { AdminMessages } from './messages-en.ts';

const { number } = numbers('ja');

export const adminJa: AdminMessages = {
  locale: 'ja-JP',
  title: 'おすすめ：運用コンソール',
  sign: '運用コンソール',
  key: {
    heading: '運用コンソール',
    lead: 'サーバーの起動時に設定したキー（OSUSUME_ADMIN_KEY）で開きます。キーはこのページに保存されません。8時間後、またはサインアウトするまで有効です。',
    label: 'キー',
    open: '開く',
    wrong: 'このサーバーのキーではありません。確かめて、もう一度入力してください。',
    later: 'このアドレスから間違ったキーが続いています。数秒待ってから、もう一度入力してください。',
    leave: 'サインアウト',
  },
  sections: {
    label: 'このページ',
    bundle: '使用中のバンドル',
    leaderboard: 'モデル比較',
    runs: '学習の記録',
    recommended: 'よくすすめた作品',
    health: '稼働状況',
  },
  loading: '開いています。',
  stays: '表示しているのは、最後に届いた内容です。',
  bundle: {
    none: 'まだバンドルがありません。最初に公開されたものを自動で使います。',
    facts: (origin, people, titles, interactions) =>
      `${origin}：${number(people)}人、${number(titles)}作品、リスト登録${number(interactions)}件。`,
    synthetic: '人は架空、作品は本物です。',
    published: (when) => `公開：${when}。`,
    evaluated: (people) => `学習に使っていない${number(people)}人で評価しました。`,
    metrics: {
      likedNdcg10: '好きな作品 NDCG@10',
      likedRecall20: '好きな作品 Recall@20',
      likedNdcg100: '好きな作品 NDCG@100',
    },
    signature: ({ status, key }) =>
      status === 'verified'
        ? `鍵 ${key?.slice(0, 16)} で署名されています。`
        : status === 'unchecked'
          ? '署名されていますが、このサーバーには確かめる鍵がありません。'
          : '署名されていません。',
    signed: { unsigned: '–', unchecked: '未確認', verified: '' },
    kept: '残っている版',
    columns: {
      version: '版',
      published: '公開',
      quality: '好きな作品 NDCG@10',
      people: '人',
      titles: '作品',
      size: 'サイズ',
      signed: '署名',
      use: '切り替え',
    },
    inUse: '使用中',
    opening: '開いています',
    use: '使う',
    useLabel: (version) => `バンドル${version}を使う`,
    question: (version) => `全員への応答をバンドル${version}に切り替えますか？`,
    consequence: (current) =>
      `先に中身を確かめます。処理中の要求は${current}のまま終わり、あとでここから戻せます。`,
    yes: '切り替える',
    no: '今のまま使う',
    checking: (version) => `バンドル${version}を確かめています。今のものが応答を続けます。`,
    taking: (version) => `バンドル${version}に問題はありません。サーバーが開いています。`,
    done: (version) => `バンドル${version}を使っています。`,
    damaged: '破損',
  },
  leaderboard: {
    none: 'まだ評価されたモデルがありません。「osusume evaluate」で比較表ができます。',
    facts: (origin, part, people, titles) =>
      `${origin}：学習に使っていない${number(people)}人（${part}）、${number(titles)}作品すべての順位で評価。横棒は95%区間です。`,
    model: 'モデル',
    liked: '好き',
    seen: '視聴',
    coverage: '上位10の作品数',
    popularity: '人気への偏り',
    dislikesPerHit: '当たりに占める苦手作品',
    tasks: { newStories: '新しい物語', discovery: '発見', fewKnown5: '5作品のみ' },
    within: (low, high) => `${low}から${high}`,
  },
  runs: {
    none: 'まだ学習していません。「osusume train」を実行すると、ここに記録が残ります。',
    columns: {
      id: '記録',
      status: '状態',
      models: 'モデル',
      seed: 'シード',
      dataset: 'データ',
      seconds: '秒',
      best: '最良 NDCG@10（好き）',
      epochs: 'エポック',
    },
    status: { running: '実行中', finished: '完了', failed: '失敗', interrupted: '中断' },
    show: (id) => `記録${id}を見る`,
    close: '閉じる',
    begun: (when) => `開始：${when}。`,
    facts: (people, titles, interactions) =>
      `${number(people)}人、${number(titles)}作品、${number(interactions)}行。`,
    noCurves: 'エポックごとに学ぶモデルがないため、曲線はありません。',
    curve: (model, measure) => `${model}：エポックごとの${measure}`,
    epoch: 'エポック',
    cost: {
      model: 'モデル',
      seconds: '秒',
      memory: '最大メモリー',
      saved: '保存サイズ',
      quality: '好きな作品 NDCG@10',
    },
    parameters: 'パラメーター',
  },
  recommended: {
    none: 'サーバーの起動後、まだ何もすすめていません。',
    facts: (lists, titles) =>
      `起動してから${number(lists)}回のリストで、${number(titles)}作品をすすめました。`,
    title: '作品',
    lists: '回数',
    share: 'リストに占める割合',
    gone: (animeId) => `作品${animeId}（使用中のバンドルにはありません）`,
  },
  health: {
    up: '稼働時間',
    since: (when) => `${when}から`,
    memory: 'メモリー',
    heap: (used, total) => `ヒープ ${total}中${used}`,
    delay: 'イベントループの遅れ',
    delayMore: (p99, longest) => `99%：${p99}、最長：${longest}`,
    requests: '要求',
    runtime: (node) => `Node ${node}`,
    none: 'まだ要求がありません。',
    times: '応答を送り終えるまでのミリ秒。',
    columns: {
      route: '経路',
      requests: '要求',
      refused: '4xx',
      failed: '5xx',
      p50: '中央値',
      p95: '95%',
      p99: '99%',
      longest: '最長',
    },
  },
};
