const LISTS = /"(?:Vpcs|Subnets|RouteTables|SecurityGroups|NetworkAcls|Reservations|NetworkInterfaces)"\s*:\s*\[/

/** Whether a text is what `aws ec2 describe-*` prints, by its first lists; no scenario has them. */
export const looksDescribed = (text: string): boolean =>
  /^\s*\{/.test(text) && LISTS.test(text) && !/"coldstart"\s*:/.test(text)

/** Whether a text is a CloudFormation template: `Resources` at its top, and no scenario. */
export const looksLikeTemplate = (text: string): boolean =>
  (/^Resources\s*:/m.test(text) || /^\s*\{[\s\S]*"Resources"\s*:\s*\{/.test(text)) && !/"?coldstart"?\s*:/.test(text)
