/** The page in Japanese: written for it, not translated word by word. */

import { GENRES_JA } from '../../data/genres-ja.ts';
import { importJa } from '../import/messages-ja.ts';
import type { Group } from '../list/recommended.ts';
import { wishChipsJa } from '../wish/messages-ja.ts';
import type { Messages, Verb } from './en.ts';
import { crowdSentence, factsSentence } from './facts-ja.ts';
import { lists, numbers } from './format.ts';

const { number, decimal, percent } = numbers('ja');
const { and, or, commas } = lists('ja', 'conjunction');

export const ja: Messages = {
  number,
  decimal,
  percent,
  and,
  commas,

  page: {
    title: 'おすすめ：次、何を見よう？',
    description: '好きなアニメを3つ選ぶだけ。理由つきで、見る価値のある作品が並びます。',
    first: 'おすすめ、最初のページへ',
    skip: '本文へ',
  },
  screens: {
    label: '画面',
    list: 'リスト',
    watchlist: '見たい作品',
    taste: '私の好み',
    map: '地図',
    leaderboard: 'モデル比較',
    opening: '開いています。',
    nothing: 'このページは見つかりません。',
    back: 'リストに戻る',
  },
  display: {
    label: '表示',
    language: '言語',
    titles: '作品名',
    scripts: { romaji: 'ローマ字', english: '英語', japanese: '日本語' },
    theme: 'テーマ',
    themes: { system: '端末に合わせる', dark: 'ダーク', light: 'ライト' },
  },
  forget: {
    button: 'このブラウザの記録をすべて消す',
    question: 'このブラウザの記録をすべて消しますか？',
    what: '選んだ作品、条件、読み込んだリスト、表示の設定が消え、初めて開いたときの状態に戻ります。元には戻せません。',
    history:
      'ブラウザの閲覧履歴には、作品の入ったアドレスが残ることがあります。ブラウザの設定から消してください。',
    yes: 'すべて消す',
    no: 'やめておく',
  },
  start: {
    question: '次、何を見よう？',
    lead: '好きな作品を3つ教えてください。ポスターをタップするか、作品名で検索。長押しすると、ほかの評価も選べます。',
    starters: 'はじめの候補',
    pick: 'ポスターから選ぶ、リストを読み込む',
    more: 'ほかのポスター',
    hint: 'タップで「大好き」。長押しか右クリックで、ほかの評価。',
  },
  imports: importJa,
  search: {
    label: '作品を検索（どの言語でも）',
    placeholder: '作品名（どの言語でも）',
    found: '見つかった作品',
    silent: '検索の応答がありません。続けて入力すると、もう一度探します。',
    searching: '探しています。',
    tap: '好きな作品をタップ。',
    keys: 'Enterで「大好き」、Shift+Enterで詳細。',
    nothing: (query, lastYear) =>
      lastYear === null
        ? `「${query}」という作品は見つかりません。短くすると見つかるかもしれません。`
        : `「${query}」はこのカタログ（${lastYear}年まで）にはありません。短くすると見つかるかもしれません。`,
  },
  person: {
    label: 'データの中の誰かとして見る',
    placeholder: 'ID',
    look: '見る',
    malformed: 'IDは11880のような整数です。',
    question: (userId) => `${userId}番の人は、次に何を見る？`,
    nobody: 'その番号の人はいません',
    opening: 'リストを開いています。',
    leave: '自分のリストに戻る',
    unknown: (userId) =>
      `このデータに${userId}番の人はいません。別の番号を試すか、自分のリストに戻ってください。`,
    shelf: 'この人の作品（評価の高い順）',
    portrait: (listed, scored, mean) =>
      scored === 0
        ? `リストに${number(listed)}作品。点数はまだありません。`
        : `リストに${number(listed)}作品、うち${number(scored)}作品を採点、平均は${decimal(mean)}。`,
  },
  picks: {
    mine: '選んだ作品',
    changes: 'あなたの変更',
    changesLabel: 'リストへの変更',
    fewer: '少なく表示',
    more: (count) => `ほか${number(count)}作品`,
    progress: (count, enough) => `${enough}つのうち${count}つ`,
    toList: 'おすすめを見る',
    notHere: (animeId) => `作品${animeId}（このカタログにはありません）`,
    remove: (title) => `${title}を外す`,
  },
  list: {
    mine: 'あなたへのおすすめ',
    theirs: 'この人へのおすすめ',
    empty: '好きな作品をひとつ選ぶと、ここにおすすめが並びます。',
    stays: '下にあるのは、最後に届いたリストです。',
    picksStay: '選んだ作品はそのまま残っています。',
    looking: '作品を探しています。',
    guess: (count, missing) =>
      `まずは${count}作品からの予想です。あと${missing}つで、あなたらしいリストになります。`,
    everything: 'この条件で見つかるのは以上です。',
    more: 'もっと見る',
    insteadOf: (title) => `「${title}」の前に、まずここから。`,
    seen: '見た',
    seenLabel: (title) => `見た：${title}`,
    no: '興味なし',
    noLabel: (title) => `興味なし：${title}`,
    plan: '見たい',
    planLabel: (title) => `見たい：${title}`,
  },
  share: {
    copy: '共有',
    title: '私の好みに合うアニメ',
    about: 'このリストへのリンク（選んだ作品と条件つき）',
    copied: 'コピーしました',
    announced: 'コピーしました。リンクには、選んだ作品と条件が入っています。',
    byHand: 'ここでは自動でコピーできません。このリンクを選んでコピーしてください：',
  },
  wish: {
    label: '言葉で探す',
    placeholder: '言葉でどうぞ：蟲師みたいで、もっと笑える作品',
    send: '探す',
    chips: 'このリストの条件',
    like: ['', ' みたいな'],
    withGenre: (genre) => `＋ ${genre}`,
    withoutGenre: (genre) => `${genre}なし`,
    years: (from, to) =>
      from === to
        ? `${from}年`
        : to === null
          ? `${from}年以降`
          : from === null
            ? `${to}年まで`
            : `${from}〜${to}年`,
    littleKnown: '知る人ぞ知る',
    wellKnown: '有名なもの',
    varied: 'いろいろな種類',
    classics: '定番も',
    rule: wishChipsJa,
    unlike: ['', ' 以外'],
    drop: (part) => `「${part}」を外す`,
  },
  why: {
    heading: 'どうしてこれがおすすめ？',
    thinking: '言葉にしています。',
    shares: 'スコアの内訳',
    known: '広く知られていること',
    order: '順位へのはたらき',
    groups: {
      story: '物語のつながり',
      people: '似たリストの人たち',
      kind: '種類とジャンル',
      years: '年代',
      known: '知名度',
    },
    up: 'プラス',
    down: 'マイナス',
    share: (share) => `${decimal(share * 100).replace('-', '−')}%`,
    byModel: 'この数字をもとに言語モデルが書き、一文ずつ確かめた文章です。',
    byTemplate: 'この数字をもとに、決まった言い回しで組み立てた文章です。',
  },
  because: {
    excluded: '理由に数えない作品：',
    remove: (title) => `${title}を理由に数えない`,
    countAgain: (title) => `元に戻す：${title}をもう一度数える`,
    hints: 'ひとつの作品では説明できません。小さな手がかりの積み重ねです',
    little: '手がかりはわずかですが、残った中ではいちばん合う作品です',
    known: (share, well, more) =>
      `${KNOWN(well)}作品${share && `（${share}）`}${more ? '。さらに' : ''}`,
    alsoKnown: (share, well) => `。${KNOWN(well)}作品でもあります${share && `（${share}）`}`,
    moved: (group) => MOVED[group],
    beforeMoved: '。',
    around(verbs, at, who) {
      const before = at === 0 && who === 'they' ? 'この人は「' : '「';
      const [going, ending] = VERBS[verbs[at]];
      const next = verbs[at + 1];
      const after = next === undefined ? ending : next === verbs[at] ? 'と' : going;
      return { before, closing: '」', after };
    },
  },
  rules: {
    summary: '条件',
    usual: 'すべての種類、一期から順に',
    reset: '条件を元に戻す',
    names: {
      types: '種類',
      genres: 'ジャンル',
      years: '年代',
      episodes: '話数',
      length: '1話の長さ',
      score: '評価',
      airing: '放送状況',
      studios: '制作会社',
      themes: 'テーマ',
      age: '年齢制限',
      laterParts: '続編',
      dropped: '中断した作品',
      extras: '番外編',
      unaired: '放送前の作品',
      members: '登録者数',
      niche: '知名度',
      variety: '幅広さ',
      prerequisites: '一期から',
      franchise: '一シリーズ一作品',
      familiar: '定番も',
      planned: '見たい作品',
      adult: '18歳以上',
    },
    kind: '種類',
    genres: 'ジャンル',
    anyGenre: '指定なし',
    genreHint: '一回押すと「必ず含む」、二回で「除く」。',
    genreState: { in: '必ず含む', out: '除く', any: '指定なし' },
    genreLabel: (genre, state) => `${genre}：${state}`,
    years: '年代',
    from: 'から',
    to: 'まで',
    yearFrom: '何年から',
    yearTo: '何年まで',
    known: '知名度',
    popular: '定番',
    niche: '隠れた名作',
    variety: '幅広さ',
    closest: '好みど真ん中',
    varied: '幅広く',
    between: (value, low, high) => `「${low}」から「${high}」のあいだで${value}`,
    prerequisites: '一期から順に',
    franchise: '一シリーズ一作品',
    familiar: '定番作品もまだ見ていないかも',
    planned: '見たい作品も含める',
    adult: '18歳以上',
    ageQuestion:
      '成人向けの作品は、18歳以上と確かめるまでどのリストにも出ません。確認は一度だけです。',
    ofAge: '18歳以上です',
    notOfAge: '出さない',
    members: '登録者数',
    anyMembers: '指定なし',
    atLeast: (count) => `${number(count)}人以上`,
    nothingLeft: 'おすすめできる作品がなくなりました。好きな作品をもうひとつ足してみませんか。',
    loosen: (filters) => `この条件では何も残りません。${or(filters)}をゆるめてみませんか。`,
  },
  sheet: {
    label: '作品について',
    close: '閉じる',
    opening: '作品を開いています。',
    unknown: (animeId) => `このカタログに作品${animeId}はありません。`,
    back: 'リストに戻る',
    score: '点数',
    noSynopsis: 'あらすじはまだありません。',
    externalLinks: 'ほかのサイトで見る',
    order: '見る順番',
    here: 'いまここ',
  },
  similar: {
    heading: '似ている作品',
    label: '何が似ているか',
    tabs: { hybrid: '両方', collaborative: '見た人', content: '内容' },
    notes: {
      hybrid: '好きな人がほかに好きな作品と、作りが近い作品。',
      collaborative: 'これを好きな人が、ほかに好きな作品。',
      content: 'ジャンル、制作会社、原作、物語が近い作品。',
    },
    nothing: 'この作品に近いものは、まだありません。',
  },
  verdict: {
    about: (title) => `${title}について`,
    more: 'この作品について',
    yours: (title) => `${title}の点数`,
    menu: {
      love: '大好き',
      like: '好き',
      fine: 'まあまあ',
      dislike: '合わなかった',
      seen: '見た（点数なし）',
      plan: '見たい',
      no: '興味なし',
    },
    options: { seen: '見た', plan: '見たい', no: '興味なし' },
    labels: { seen: '見た', plan: '見たい', no: '興味なし' },
    scored: (score) => `10点中${score}点`,
    toast: {
      seen: '見た作品に入れました',
      plan: '見たい作品に入れました',
      no: 'もうおすすめしません',
    },
    toastScored: (score) => `${score}点をつけました`,
    toastColon: '：',
    undo: '元に戻す',
  },
  notice: {
    learned: (people, count) => `${people}人のリストと${count}作品から学びました。`,
    sample: 'サンプルデータ：人は架空、作品は本物です。',
    sampleNext: [
      '本物の人々によるおすすめには、',
      'を実行し、続けて表示されたファイルで',
      'を実行してください。',
    ],
    borrowed: 'このリンクに入っていた作品です。あなたのリストはこのブラウザに残っています。',
    leave: '自分のリストに戻る',
    adopt: 'こちらを使う',
  },
  errors: {
    retry: 'もう一度',
    learning: 'データから学んでいる最中です。終わればページは自動で続きます。',
    offline: 'オフラインです。つながれば自動で続けます。',
    gone: 'サーバーから応答がありません。自動で接続を試し続けます。',
    refused: 'サーバーがこの操作を断りました。',
    unreadable: 'サーバーの応答を読み取れませんでした。ページを再読み込みしてください。',
  },
  facts: {
    sentence: factsSentence,
    crowd: crowdSentence,
    types: {
      TV: 'テレビ',
      Movie: '映画',
      OVA: 'OVA',
      ONA: 'ウェブ',
      Special: 'スペシャル',
      Music: '音楽',
    },
    year: (year) => `${year}年`,
    episodes: (count) => `${count}話`,
  },
  genres: GENRES_JA,
};

const KNOWN = (well: boolean) => (well ? '広く愛されている' : '好みを問わず好かれている');

const MOVED: Readonly<Record<Group, string>> = {
  story: '好きな物語の続き',
  people: '似たリストの人たちに好評',
  kind: '種類とジャンルが好みどおり',
  years: 'よく見る年代の作品',
  known: '広く知られた作品',
};

/** text after a title: when another verb follows, and at the end */
const VERBS: Readonly<Record<Verb, readonly [going: string, ending: string]>> = {
  loved: ['が大好きで、', 'が大好きだから'],
  liked: ['が好きで、', 'が好きだから'],
  watched: ['を見て、', 'を見たから'],
  planned: ['を見る予定で、', 'を見る予定だから'],
};
