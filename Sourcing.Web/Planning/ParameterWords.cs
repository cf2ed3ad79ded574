using System.Globalization;
using System.Reflection;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>Names, units and values of parameters in words.</summary>
internal static class ParameterWords
{
    private static readonly Dictionary<string, PropertyInfo> Fields = typeof(ParametersForm).GetProperties().ToDictionary(p => p.Name);

    /// <summary>The fields in the order of the page; a scope shows those that it has.</summary>
    public static IReadOnlyList<(string Title, string[] Names)> Groups { get; } =
    [
        ("Lots", [nameof(ParametersForm.LotRule), nameof(ParametersForm.FixedQuantity), nameof(ParametersForm.OrderingCost), nameof(ParametersForm.HoldingCostRate), nameof(ParametersForm.BackorderCost), nameof(ParametersForm.ReviewDays)]),
        ("Safety stock",
        [
            nameof(ParametersForm.SafetyMethod), nameof(ParametersForm.ServiceLevel), nameof(ParametersForm.FillRate), nameof(ParametersForm.SafetyPercent), nameof(ParametersForm.SafetyStock),
            nameof(ParametersForm.MinimumSafetyStock), nameof(ParametersForm.MaximumSafetyStock), nameof(ParametersForm.MinimumCoverDays), nameof(ParametersForm.MaximumCoverDays),
        ]),
        ("Lead time", [nameof(ParametersForm.MadeLeadTimeDays), nameof(ParametersForm.LeadTimeDeviationDays), nameof(ParametersForm.WorkingDays)]),
        ("Horizon and fences",
        [
            nameof(ParametersForm.Bucket), nameof(ParametersForm.Buckets), nameof(ParametersForm.ReleaseWindowDays), nameof(ParametersForm.FrozenDays), nameof(ParametersForm.ExpediteToleranceDays),
            nameof(ParametersForm.DeferToleranceDays), nameof(ParametersForm.ExcessCoverDays),
        ]),
        ("Demand",
        [
            nameof(ParametersForm.ForecastMode), nameof(ParametersForm.BackDays), nameof(ParametersForm.ForwardDays), nameof(ParametersForm.HalfLifeDays), nameof(ParametersForm.ProdPlanWeight),
            nameof(ParametersForm.SalesHistoryWeight), nameof(ParametersForm.ProjectionWeight), nameof(ParametersForm.ManualWeight), nameof(ParametersForm.OtherWeight),
        ]),
        ("Stock, receipts and bills of materials", [nameof(ParametersForm.PastDue), nameof(ParametersForm.NegativeStock), nameof(ParametersForm.NormaliseRoundedBoms)]),
        ("Choice of suppliers", [nameof(ParametersForm.CriticalShareCap), nameof(ParametersForm.ScoreCost)]),
    ];

    /// <summary>Fields that are typed as per cent and kept as shares of one.</summary>
    public static bool IsShare(string name) => name is nameof(ParametersForm.ServiceLevel) or nameof(ParametersForm.FillRate) or nameof(ParametersForm.SafetyPercent) or nameof(ParametersForm.HoldingCostRate)
        or nameof(ParametersForm.CriticalShareCap);

    /// <summary>The field's name as the form shows it.</summary>
    public static string Title(string name) => Fields.TryGetValue(name, out var property) ? FormErrors.Label(property) : Words.Spaced(name);

    /// <summary>What the field is measured in; null for choices and plain figures.</summary>
    public static string? Unit(string name, string partUnit) => name switch
    {
        _ when IsShare(name) => name == nameof(ParametersForm.HoldingCostRate) ? "% a year" : "%",
        nameof(ParametersForm.FixedQuantity) or nameof(ParametersForm.SafetyStock) or nameof(ParametersForm.MinimumSafetyStock) or nameof(ParametersForm.MaximumSafetyStock) => partUnit,
        nameof(ParametersForm.OrderingCost) => "EUR",
        nameof(ParametersForm.BackorderCost) => $"EUR per {partUnit}",
        nameof(ParametersForm.ScoreCost) => "EUR per unit",
        _ when name.EndsWith("Days", StringComparison.Ordinal) && name != nameof(ParametersForm.WorkingDays) => "days",
        _ => null,
    };

    /// <summary>A value as it was kept by a cycle.</summary>
    public static string Value(ParameterUsed used, Formats format)
    {
        if (used.Value is not { Length: > 0 } text || !Fields.TryGetValue(used.Name, out var property))
        {
            return Formats.Nothing;
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsEnum)
        {
            return Enum.TryParse(type, text, true, out var choice) || (choice = Words.FromSnake(type, text)) is not null ? Text((Enum)choice!) : text;
        }

        return bool.TryParse(text, out var flag) ? flag ? "Yes" : "No"
            : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var figure) ? Figure(used.Name, figure, format) : text;
    }

    /// <summary>A value as the form's row has it.</summary>
    public static string Value(string name, object? value, Formats format) => value switch
    {
        null => Formats.Nothing,
        Enum choice => Text(choice),
        bool flag => flag ? "Yes" : "No",
        IConvertible figure => Figure(name, figure.ToDecimal(CultureInfo.InvariantCulture), format),
        _ => value.ToString()!,
    };

    /// <summary>A choice in words.</summary>
    public static string Text(Enum choice) => choice switch
    {
        LotMethod.Automatic => "Automatic: Wagner–Whitin, or periods beyond 104 buckets",
        LotMethod method => MaterialWords.Lot(method),
        SafetyMethod.None => "None",
        SafetyMethod.Percent => "Share of the lead time’s demand",
        SafetyMethod.ServiceLevel => "Service level (α)",
        SafetyMethod.FillRate => "Fill rate (β)",
        SafetyMethod.Intermittent => "Intermittent: quantile of bootstrapped demand",
        BucketSize.Day => "Days",
        BucketSize.Week => "ISO weeks",
        PastDuePolicy.FirstBucket => "Expected at once",
        PastDuePolicy.Exclude => "Not counted on",
        NegativeStockPolicy.Clamp => "Counts as nothing, and is reported",
        NegativeStockPolicy.Keep => "Counts as a need",
        ForecastMode.Blend => "Averaged by weight and confidence",
        ForecastMode.LegacySum => "Added up, for comparison alone",
        _ => Words.Spaced(choice.ToString()),
    };

    private static string Figure(string name, decimal figure, Formats format) => IsShare(name) ? format.Percent(figure, 2).Replace("\u202f", "\u00a0", StringComparison.Ordinal)
        : Unit(name, "units") is { } unit ? $"{format.Number(figure)}\u00a0{unit}" : format.Number(figure);
}
