"""Writes compressed audio as libsndfile and FFmpeg make it, which the page's audio decoder is tested with.

python3 pretrain/make_audio_fixtures.py         # needs PyAV besides the requirements: pip install av

src/audio/fixtures/audio-files.fixture.json     name -> {base64, format, sampleRateHz, seconds, frequencyHz}
    a sine of frequencyHz on the first channel; seconds as the container declares them, absent where it does not
"""

import base64
import io
import json
import tempfile
from pathlib import Path

import av
import numpy as np
import soundfile

OUTPUT = Path(__file__).parent.parent / "src" / "audio" / "fixtures" / "audio-files.fixture.json"
SECONDS = 1.0
FREQUENCY_HZ = 500


def sine(rate: int, channels: int = 1) -> np.ndarray:
    """[samples, channels]; the second channel is silent, so that a mix of both would be seen."""
    wave = 0.5 * np.sin(2 * np.pi * FREQUENCY_HZ * np.arange(int(SECONDS * rate)) / rate)
    return np.stack([wave] + [np.zeros_like(wave)] * (channels - 1), axis=1).astype(np.float32)


def with_soundfile(format_name: str, subtype: str, rate: int, channels: int = 1) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, sine(rate, channels), rate, format=format_name, subtype=subtype)
    return file.getvalue()


def with_ffmpeg(container: str, codec: str, rate: int, **options: str) -> bytes:
    # A real file, because moving the index of an MP4 to its front reads what was written.
    with tempfile.NamedTemporaryFile(suffix=f".{container}") as file:
        with av.open(file.name, "w", format=container, options=options) as output:
            stream = output.add_stream(codec, rate=rate, layout="mono", bit_rate=32000)
            frame = av.AudioFrame.from_ndarray(sine(rate).T.copy(), format="fltp", layout="mono")
            frame.sample_rate = rate
            resampler = av.AudioResampler(stream.format.name, "mono", rate)
            for converted in resampler.resample(frame):
                output.mux(stream.encode(converted))
            output.mux(stream.encode(None))
        return Path(file.name).read_bytes()


def video_only(container: str, codec: str) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = output.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 16, 16, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), dtype=np.uint8), format="rgb24")
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


def entry(data: bytes, container: str, rate: int | None = None, seconds: float | None = SECONDS) -> dict:
    fields = {"format": container, "sampleRateHz": rate, "seconds": seconds, "frequencyHz": FREQUENCY_HZ}
    return {"base64": base64.b64encode(data).decode(), **{k: v for k, v in fields.items() if v is not None}}


def main() -> None:
    files = {
        "sine.mp3": entry(with_soundfile("MP3", "MPEG_LAYER_III", 22050), "mp3", 22050),
        "constant-rate.mp3": entry(
            with_ffmpeg("mp3", "libmp3lame", 22050, write_xing="0", id3v2_version="3"), "mp3", 22050
        ),
        "sine.flac": entry(with_soundfile("FLAC", "PCM_16", 16000, channels=2), "flac", 16000),
        "vorbis.ogg": entry(with_soundfile("OGG", "VORBIS", 24000), "ogg", 24000),
        "opus.ogg": entry(with_soundfile("OGG", "OPUS", 24000), "ogg", 48000),
        "sine.m4a": entry(with_ffmpeg("ipod", "aac", 44100), "m4a", 44100),
        "fast-start.m4a": entry(with_ffmpeg("ipod", "aac", 22050, movflags="faststart"), "m4a", 22050),
        "opus.webm": entry(with_ffmpeg("webm", "libopus", 48000), "other", seconds=None),
        "video.mp4": entry(video_only("mp4", "mpeg4"), "m4a", seconds=None),
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(files, indent=1) + "\n")
    for name, file in files.items():
        print(f"{name:20} {len(file['base64']) * 3 // 4:7} bytes")


if __name__ == "__main__":
    main()
