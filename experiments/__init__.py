"""An experiment (étude comparative) asks one question of several futures and says how sure the answer is."""
