/** Configurations as the producers publish them, shortened, by the names of pretrain/fixtures/producers.py. */
export const producerConfigs: Readonly<Record<string, string>> = {
  'hifi-gan':
    '{"resblock": "1", "num_mels": 80, "num_freq": 1025, "n_fft": 1024, "hop_size": 256, "win_size": 1024, ' +
    '"sampling_rate": 22050, "fmin": 0, "fmax": 8000, "fmax_for_loss": null}',
  'tacotron-2':
    '{"data_config": {"sampling_rate": 22050, "filter_length": 1024, "hop_length": 256, "win_length": 1024, ' +
    '"mel_fmin": 0.0, "mel_fmax": 8000.0}, "waveglow_config": {"n_mel_channels": 80}}',
  matcha: `_target_: matcha.data.text_mel_datamodule.TextMelDataModule
n_fft: 1024
n_feats: 80
sample_rate: 22050
hop_length: 256
win_length: 1024
f_min: 0
f_max: 8000
data_statistics: # Computed for ljspeech dataset
  mel_mean: -5.536622
  mel_std: 2.116101`,
  bigvgan:
    '{"resblock": "1", "activation": "snakebeta", "snake_logscale": true, "num_mels": 128, "num_freq": 2049, ' +
    '"n_fft": 2048, "hop_size": 512, "win_size": 2048, "sampling_rate": 44100, "fmin": 0, "fmax": null}',
  vocos: `feature_extractor:
  class_path: vocos.feature_extractors.MelSpectrogramFeatures
  init_args:
    sample_rate: 24000
    n_fft: 1024
    hop_length: 256
    n_mels: 100
    padding: center
backbone:
  class_path: vocos.models.VocosBackbone
  init_args:
    input_channels: 100`,
  f5: `model:
  name: F5TTS_v1_Base
  mel_spec:
    target_sample_rate: 24000
    n_mel_channels: 100
    hop_length: 256
    win_length: 1024
    n_fft: 1024
    mel_spec_type: vocos`,
  nemo: `sample_rate: 44100
n_mel_channels: 80
n_window_size: 2048
n_window_stride: 512
n_fft: 2048
lowfreq: 0
highfreq: null
model:
  preprocessor:
    _target_: nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor
    features: \${n_mel_channels}
    window_size: false
    window_stride: false
    normalize: null
    preemph: null
    log_zero_guard_value: 1e-05
    mag_power: 1.0`,
  diffsinger: `audio_num_mel_bins: 128
audio_sample_rate: 44100
hop_size: 512
fft_size: 2048
win_size: 2048
fmin: 40
fmax: 16000
mel_base: '10'`,
  speecht5:
    '{"feature_extractor_type": "SpeechT5FeatureExtractor", "fmax": 7600, "fmin": 80, "hop_length": 16, ' +
    '"mel_floor": 1e-10, "num_mel_bins": 80, "sampling_rate": 16000, "win_function": "hann_window", "win_length": 64}',
  whisper:
    '{"chunk_length": 30, "feature_extractor_type": "WhisperFeatureExtractor", "feature_size": 80, "hop_length": 160, ' +
    '"n_fft": 400, "nb_max_frames": 3000, "sampling_rate": 16000}',
  torchaudio: `_target_: torchaudio.transforms.MelSpectrogram
sample_rate: 16000
n_fft: 1024
hop_length: 256
n_mels: 80`,
  'torchaudio-linear': 'sample_rate: 16000\nn_fft: 1024\nhop_length: 256\nn_mels: 80\nf_min: 0\nf_max: null',
  librosa: 'sr = 22050\nn_fft = 2048\nhop_length = 512\nn_mels = 128\n',
  espnet: `feats_extract: fbank
feats_extract_conf:
    n_fft: 2048
    hop_length: 300
    win_length: 1200
    fs: 24k
    fmin: 80
    fmax: 7600
    n_mels: 80
normalize: global_mvn`,
  'parallel-wavegan': `sampling_rate: 22050
fft_size: 1024
hop_size: 256
win_length: null
window: "hann"
num_mels: 80
fmin: 80
fmax: 7600
global_gain_scale: 1.0
trim_silence: true`,
  paddle:
    'fs: 24000\nn_fft: 2048\nn_shift: 300\nwin_length: 1200\nwindow: "hann"\nn_mels: 80\nfmin: 80\nfmax: 7600\n',
  coqui:
    '{"audio": {"fft_size": 1024, "win_length": 1024, "hop_length": 256, "sample_rate": 22050, "preemphasis": 0.0, ' +
    '"ref_level_db": 20, "log_func": "np.log10", "min_level_db": -100, "spec_gain": 20, "signal_norm": true, ' +
    '"symmetric_norm": true, "max_norm": 4.0, "stats_path": null, "num_mels": 80, "mel_fmin": 0.0, "mel_fmax": 8000.0}}',
  styletts: `preprocess_params:
  sr: 24000
  spect_params:
    n_fft: 2048
    win_length: 1200
    hop_length: 300`,
  sv2tts: `### Signal Processing (used in both synthesizer and vocoder)
sample_rate = 16000,
n_fft = 800,
num_mels = 80,
hop_size = 200,                             # Tacotron uses 12.5 ms frame shift (set to sample_rate * 0.0125)
win_size = 800,
fmin = 55,
min_level_db = -100,
ref_level_db = 20,
max_abs_value = 4.,
preemphasis = 0.97,
preemphasize = True,
fmax = 7600,
symmetric_mels = True,`,
  lmnt: '{"sample_rate": 22050, "hop_samples": 300, "crop_mel_frames": 24, "n_mels": 128}',
  ivanvovk:
    '{"training_config": {"segment_length": 7200}, "data_config": {"sample_rate": 22050, "n_fft": 1024, ' +
    '"win_length": 1024, "hop_length": 300, "f_min": 80.0, "f_max": 8000, "n_mels": 80}}',
}
