/** The one place where logs and traces learn from Lambda's folder what runs and how it may fail. */
export { errorMessage, errorTypes, runningVersions, type RunningVersion } from '../../../services/functions'
