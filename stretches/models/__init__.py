from stretches.models.mark import Mark
from stretches.models.stretch import MINUTES, MOST_OWN, Stretch, StretchMuscle
from stretches.models.vocabulary import Equipment, Muscle

__all__ = ["MINUTES", "MOST_OWN", "Equipment", "Mark", "Muscle", "Stretch", "StretchMuscle"]
