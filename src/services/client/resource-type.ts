export const CLIENT = 'Coldstart::Client'
