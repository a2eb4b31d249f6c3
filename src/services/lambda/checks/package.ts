import type { Check, Problem } from '../../service'
import { objectOf } from '../targets'
import { configurations } from './families'
import { counted, numberOf, removing, report, textOf, textsOf } from './report'

const MB = 1_048_576
/** MB: uploaded directly, unzipped with layers (LAM-6), uncompressed image (LAM-7); layers (LAM-8). */
const UPLOAD = 50
const UNZIPPED = 250
const IMAGE = 10_240
const LAYERS = 5

/** LAM-6, LAM-7: sizes of what is deployed. */
export const sizes: Check = (scenario) =>
  configurations(scenario).flatMap(({ own, properties, behavior, at }): Problem[] => {
    const { zip, unzipped, image } = objectOf(behavior['package'])
    if (properties['PackageType'] === 'Image') {
      const size = numberOf(image) ?? 0
      const path = at('Behavior', 'package', 'image')
      if (size <= IMAGE) return []
      return report(
        'error',
        path,
        `${own}: its image is ${size} MB uncompressed. ${IMAGE} MB (10 GB) are the most. Make it smaller by ${size - IMAGE} MB.`,
      )
    }
    const packed = numberOf(zip) ?? 1
    // a package cannot be smaller unzipped than zipped, so without a size of its own it counts with that
    const code = numberOf(unzipped) ?? packed
    const layers = textsOf(properties['Layers']).reduce(
      (sum, id) => sum + (numberOf(scenario.resources[id]?.Behavior?.['unzipped']) ?? 0),
      0,
    )
    const total = code + layers
    const problems: Problem[] = []
    if (packed > UPLOAD) {
      const message = `${own}: its zip is ${packed} MB. Directly ${UPLOAD} MB can be uploaded. Upload it through S3.`
      const words = 'Request must be smaller than 70167211 bytes for the CreateFunction operation'
      problems.push(...report('warning', at('Behavior', 'package', 'zip'), message, words))
    }
    if (total > UNZIPPED) {
      const limit = UNZIPPED * MB
      const words =
        layers === 0
          ? `Unzipped size must be smaller than ${limit} bytes`
          : `Function code combined with layers exceeds the maximum allowed size of ${limit} bytes. The actual size is ${Math.round(total * MB)} bytes.`
      const what =
        layers === 0
          ? `its code is ${code} MB unzipped`
          : `code (${code} MB) and layers (${layers} MB) are ${total} MB unzipped`
      const path = at('Behavior', 'package', 'unzipped') ?? at('Properties', 'Layers')
      problems.push(
        ...report(
          'error',
          path,
          `${own}: ${what}. ${UNZIPPED} MB are the most. Remove ${total - UNZIPPED} MB, or deploy an image.`,
          words,
        ),
      )
    }
    return problems
  })

/** LAM-8: how many layers, of what, for what. */
export const layers: Check = (scenario) =>
  configurations(scenario).flatMap(({ own, properties, at }): Problem[] => {
    const ids = textsOf(properties['Layers'])
    const path = at('Properties', 'Layers')
    if (ids.length === 0 || path === null) return []
    if (properties['PackageType'] === 'Image') {
      const words = "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image."
      const message = `${own} is a container image, which takes no layers. Put their files into the image.`
      return report('error', path, message, words, removing('Remove the layers', path))
    }
    const problems: Problem[] = []
    if (ids.length > LAYERS) {
      const message = `${own} has ${counted(ids.length, 'layer')}. ${LAYERS} are the most. Remove ${ids.length - LAYERS}, or merge some.`
      problems.push(...report('error', path, message, `Cannot reference more than ${LAYERS} layers.`))
    }
    const runtime = textOf(properties['Runtime']) ?? ''
    const architecture = textsOf(properties['Architectures'])[0] ?? 'x86_64'
    const seen = new Map<string, string>()
    for (const [index, id] of ids.entries()) {
      const layer = scenario.resources[id]?.Properties ?? {}
      const place = at('Properties', 'Layers', index)
      const name = textOf(layer['LayerName']) ?? id
      const other = seen.get(name)
      seen.set(name, id)
      if (other !== undefined) {
        const words = `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${id} are versions of the same layer.`
        problems.push(...report('error', place, `${own} names the layer ${name} twice. Keep one version of it.`, words))
      }
      const built = textsOf(layer['CompatibleRuntimes'])
      if (built.length > 0 && !built.includes(runtime)) {
        const message = `${own} runs on ${runtime}, its layer ${id} was built for ${built.join(', ')}. Libraries with compiled parts may fail to load.`
        problems.push(...report('warning', place, message))
      }
      const processors = textsOf(layer['CompatibleArchitectures'])
      if (processors.length > 0 && !processors.includes(architecture)) {
        const message = `${own} runs on ${architecture}, its layer ${id} was built for ${processors.join(', ')}. Build the layer for ${architecture}.`
        problems.push(...report('warning', place, message))
      }
    }
    return problems
  })
