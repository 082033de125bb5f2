"""Men's voices made of women's: WORLD with its F0 and its formants lowered, for training on pitches that no clip has.

>>> lowered(audio, rate, np.random.default_rng(seed))        # [samples], float64 -> about as many

Resampling a woman's voice to a man's pitch lowers the formants as far as the pitch, which no voice does. Here the F0
falls to about half and the formants by 8 to 20 %. WORLD (Morise et al. 2016) through pyworld.
"""

import numpy as np
import pyworld

F0_RATIO = (0.42, 0.62)  # of geometric means
F0_SPREAD = (0.7, 1.3)  # exponent of the F0 relative to its geometric mean
FORMANT_RATIO = (0.8, 0.92)
MIN_VOICED_FRAMES = 20  # of 5 ms


def lowered(audio: np.ndarray, rate: int, rng: np.random.Generator) -> np.ndarray:
    """ValueError for audio with hardly any voiced sound."""
    f0, at = pyworld.harvest(audio, rate, f0_floor=70, f0_ceil=500)
    voiced = f0 > 0
    if voiced.sum() < MIN_VOICED_FRAMES:
        raise ValueError("it has no voice")
    mean = np.exp(np.log(f0[voiced]).mean())
    relative = np.where(voiced, f0, mean) / mean
    low_f0 = np.where(voiced, mean * rng.uniform(*F0_RATIO) * relative ** rng.uniform(*F0_SPREAD), 0.0)
    bins = np.arange(pyworld.get_cheaptrick_fft_size(rate) // 2 + 1)
    source = np.minimum(bins / rng.uniform(*FORMANT_RATIO), bins[-1])
    envelope = np.log(pyworld.cheaptrick(audio, f0, at, rate))
    aperiodicity = pyworld.d4c(audio, f0, at, rate)
    envelope, aperiodicity = (
        np.stack([np.interp(source, bins, row) for row in rows]) for rows in (envelope, aperiodicity)
    )
    return pyworld.synthesize(low_f0, np.exp(envelope), aperiodicity.clip(1e-4, 1 - 1e-6), rate)
