using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>Starts a round of forecasting over all parts that were ever sold.</summary>
public sealed class StartForecastForm : IForm
{
    /// <inheritdoc/>
    public Guid FormKey { get; set; } = Guid.CreateVersion7();
}

/// <summary>A figure that was there when a form opened.</summary>
public sealed class SeenFigure
{
    public Guid Id { get; set; }

    public uint Version { get; set; }
}

/// <summary>A planner's figure for one week or several: in place of all sources (override), or as a source of its own (manual).</summary>
public sealed class ForecastFigureForm : IForm, IValidatableObject
{
    /// <summary>So many weeks at once.</summary>
    public const int MostWeeks = 52;

    /// <inheritdoc/>
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid PartId { get; set; }

    /// <summary>Override or manual; the other sources are not entered by hand.</summary>
    public ForecastSource Source { get; set; } = ForecastSource.Override;

    /// <summary>A day of the first week.</summary>
    [Display(Name = "From the week of")]
    [Required(ErrorMessage = "Choose the first week.")]
    public DateOnly? From { get; set; }

    [Required(ErrorMessage = "Say for how many weeks.")]
    [Range(1, MostWeeks, ErrorMessage = "A figure holds for 1 to 52 weeks.")]
    public int? Weeks { get; set; } = 1;

    /// <summary>Of each week, in the part's unit.</summary>
    [Display(Name = "Quantity per week")]
    [Required(ErrorMessage = "Enter the quantity of a week; 0 if nothing is needed.")]
    [Range(0, 999_999_999_999d, ErrorMessage = "A forecast is 0 or more.")]
    public decimal? Quantity { get; set; }

    /// <summary>0 to 1; of a manual figure alone.</summary>
    [Range(0, 1, ErrorMessage = "The confidence is 0 to 1.")]
    public decimal? Confidence { get; set; }

    /// <summary>Needed for an override.</summary>
    [StringLength(500, ErrorMessage = "A reason has at most 500 characters.")]
    public string Reason { get; set; } = "";

    /// <summary>The part's figures when the form opened: what is not among them was set by somebody else meanwhile.</summary>
    public List<SeenFigure> Version { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source is not (ForecastSource.Override or ForecastSource.Manual))
        {
            yield return new("Only overrides and manual figures are entered by hand.", [nameof(Source)]);
        }

        if (Source == ForecastSource.Override && string.IsNullOrWhiteSpace(Reason))
        {
            yield return new("Say in 1 to 500 characters why this figure replaces the forecast.", [nameof(Reason)]);
        }

        if (Source == ForecastSource.Manual && Confidence is null)
        {
            yield return new("Say how sure you are of it, 0 to 1.", [nameof(Confidence)]);
        }
    }
}

/// <summary>Takes a planner's figures away: what the sources say holds again.</summary>
public sealed class RemoveFiguresForm : IForm
{
    /// <inheritdoc/>
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid PartId { get; set; }

    /// <summary>At least one, all overrides or manual figures of the part.</summary>
    [MinLength(1, ErrorMessage = "Choose what to remove.")]
    public List<SeenFigure> Figures { get; set; } = [];
}
