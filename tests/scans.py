"""Scans made from pages that were printed: pixels, a small turn, noise, a red seal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from calcverify.readers.scan import drawn


def scan_of(pdf: bytes, page: int = 1, degrees: float = 0.8, noise: int = 10, seed: int = 3) -> Any:
    """A page as a scanner would give it: rows × columns × red, green, blue."""
    image, _ = drawn(pdf, page)
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    image = cv2.warpAffine(image, turn, (width, height), borderValue=(255, 255, 255))
    seal = np.full_like(image, 255)
    cv2.circle(seal, (width * 3 // 4, height // 4), width // 8, (215, 40, 40), 8)
    cv2.line(seal, (width * 3 // 4 - 90, height // 4), (width * 3 // 4 + 90, height // 4), (215, 40, 40), 6)
    image = np.minimum(image, seal)
    rough = image + np.random.default_rng(seed).normal(0, noise, image.shape)
    return np.clip(rough, 0, 255).astype(np.uint8)


def pdf_of_scans(path: Path, images: list[Any]) -> Path:
    """The pictures as the pages of a PDF, as a scanner saves them."""
    first, *rest = (Image.fromarray(image) for image in images)
    first.save(path, "PDF", resolution=200, save_all=True, append_images=rest)
    return path
