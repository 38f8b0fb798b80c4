"""Calibration (calage) moves what is not known until the model agrees with what has been observed."""
