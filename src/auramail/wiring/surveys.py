"""What a survey goes by, by the settings."""

from auramail.core.groups import SurveyTerms
from auramail.settings import Settings


def survey_terms(settings: Settings) -> SurveyTerms:
    return SurveyTerms(
        least_read=settings.survey_least_read,
        spot_checks=settings.survey_spot_checks,
        smaller=settings.survey_smaller,
        older_than_days=settings.survey_older_than_days,
        promotions_days=settings.survey_promotions_days,
    )
