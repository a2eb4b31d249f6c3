/** Properties of a code signing configuration (LAM-69). */
import { choice, list, object, text } from '../../schema-kit'

const about = {
  title: 'Code signing',
  help: 'Who may sign packages, and what becomes of others.',
  factRows: ['LAM-69'],
}

export const signingProperties = {
  Description: text(256, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
  AllowedPublishers: object(
    {
      SigningProfileVersionArns: list(
        text(1_024, { title: 'Signing profile', help: 'A signing profile whose packages are trusted.' }),
        20,
        { title: 'Signing profiles', help: 'Profiles whose packages are trusted, 20 at most.', factRows: ['LAM-69'] },
      ),
    },
    about,
  ),
  CodeSigningPolicies: object(
    {
      UntrustedArtifactOnDeployment: choice(['Warn', 'Enforce'], {
        title: 'Untrusted packages',
        help: 'Enforce refuses a package that no trusted profile signed; Warn deploys it all the same.',
        factRows: ['LAM-69'],
      }).default('Warn'),
    },
    about,
  ).prefault({}),
}
