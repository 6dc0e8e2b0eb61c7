"""Smaller variants of images, made by Pillow in processes of their own."""
