import torch

from networks.eight_bits import LARGEST, from_eight_bits, to_eight_bits


def test_each_row_is_within_half_a_step_of_its_own_scale():
    torch.manual_seed(0)
    weight = torch.randn(5, 40, 3) * torch.tensor([1e-4, 1.0, 30.0, 0.0, 1.0])[:, None, None]
    restored = from_eight_bits(to_eight_bits({"w": weight}))["w"]
    steps = weight.flatten(1).abs().amax(1) / LARGEST * 9 / 8  # scales are rounded up to 4 bits
    assert restored.shape == weight.shape
    assert ((restored - weight).flatten(1).abs().amax(1) <= 0.5001 * steps).all()
    assert not restored[3].any()
    assert torch.equal(restored, restored.half().float())


def test_short_rows_vectors_and_the_pitch_network_are_float16():
    weights = {"bias": torch.randn(300), "depthwise": torch.randn(300, 1, 7), "pitch.weight": torch.randn(3, 90)}
    stored = to_eight_bits(weights)
    assert stored.keys() == weights.keys()
    for name, tensor in from_eight_bits(stored).items():
        assert torch.equal(tensor, weights[name].half().float())


def test_what_is_read_can_be_stored_again_without_a_change():
    once = from_eight_bits(to_eight_bits({"w": torch.randn(7, 70)}))
    torch.testing.assert_close(from_eight_bits(to_eight_bits(once))["w"], once["w"], rtol=1e-6, atol=0)


def test_a_model_without_integers_is_read_as_it_is():
    weights = {"w.scale": torch.randn(3), "w": torch.randn(3, 70)}
    assert all(torch.equal(tensor, weights[name]) for name, tensor in from_eight_bits(weights).items())
