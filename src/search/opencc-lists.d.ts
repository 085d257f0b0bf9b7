/** Lists of opencc-js that its types leave out: "form form|form form|…". */
declare module 'opencc-js/dict/*' {
  const pairs: string;
  export default pairs;
}
