/** The `accept` attribute of fields for audio files. The endings are for systems that do not know their types. */
export const audioFiles = 'audio/*,.wav,.aif,.aiff,.flac,.mp3,.ogg,.opus,.m4a'
