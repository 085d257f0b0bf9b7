/** Three titles of the built-in sample, in the format of the page's address. */
export const PICKS = '#picks=457.10,9253.9,4081.8';
