/** The metadata of a safetensors file under which a training session stores its record. */
export const checkpointKey = 'fine-tuning'
