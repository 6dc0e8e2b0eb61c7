"""Values any text tool needs: source positions, diagnostics, fingerprints. Standard library only."""
