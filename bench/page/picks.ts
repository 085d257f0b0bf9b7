/** Three titles of the built-in sample, as the page's address has them. */
export const PICKS = '?picks=457.10,9253.9,4081.8';
