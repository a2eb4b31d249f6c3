/** What an account has, for the drawing. */
export { accountConcurrency } from './lambda/account-fact'
