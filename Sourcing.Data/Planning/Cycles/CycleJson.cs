using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>The JSON columns of cycles and recommendations: names in camel case, words in snake case.</summary>
public static class CycleJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    // What identifies and dates the row is no parameter; what narrows plans alone is none of the plan's.
    private static readonly string[] NoParameters =
    [
        nameof(PlanningParameters.Id), nameof(PlanningParameters.Scope), nameof(PlanningParameters.CategoryId), nameof(PlanningParameters.PartId),
        nameof(PlanningParameters.CreatedAt), nameof(PlanningParameters.UpdatedAt), nameof(PlanningParameters.Version),
    ];

    /// <summary>The properties of <see cref="PlanningParameters"/> that somebody sets, in their order.</summary>
    internal static IReadOnlyList<PropertyInfo> ParameterProperties { get; } =
        [.. typeof(PlanningParameters).GetProperties().Where(p => !NoParameters.Contains(p.Name))];

    /// <summary>Suppositions as kept on a cycle.</summary>
    public static string Write(IReadOnlyList<PlanOverride> changes) => JsonSerializer.Serialize(changes, Options);

    /// <summary>The opposite.</summary>
    public static IReadOnlyList<PlanOverride> ReadOverrides(string json) => JsonSerializer.Deserialize<List<PlanOverride>>(json, Options) ?? [];

    /// <summary>What a recommendation's reasoning rests on.</summary>
    public static string Write(RecommendationFacts facts) => JsonSerializer.Serialize(facts, Options);

    /// <summary>The opposite; null where a recommendation has none.</summary>
    public static RecommendationFacts? ReadFacts(string json) => json is "{}" or "" ? null : JsonSerializer.Deserialize<RecommendationFacts>(json, Options);

    /// <summary>For whom a recommendation is.</summary>
    public static string Write(IReadOnlyList<RecommendationPeg> pegs) => JsonSerializer.Serialize(pegs, Options);

    /// <summary>The opposite.</summary>
    public static IReadOnlyList<RecommendationPeg> ReadPegs(string json) => JsonSerializer.Deserialize<List<RecommendationPeg>>(json, Options) ?? [];

    internal static string Write(PlanningParameters plan) => JsonSerializer.Serialize(
        ParameterProperties.ToDictionary(p => p.Name, p => p.GetValue(plan) is Enum word ? Words.Snake(word.ToString()) : p.GetValue(plan)));

    internal static IReadOnlyList<ParameterUsed> ReadParameters(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().Any()
            ? [.. ParameterProperties.Select(p => new ParameterUsed(p.Name, document.RootElement.TryGetProperty(p.Name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null))]
            : [];
    }

    internal static int ReadDays(string parameters, string name, int otherwise) =>
        ReadParameters(parameters).FirstOrDefault(p => p.Name == name)?.Value is { } days ? int.Parse(days, CultureInfo.InvariantCulture) : otherwise;

    internal static string WriteTimings(IEnumerable<PhaseTime> times) => JsonSerializer.Serialize(times.ToDictionary(t => t.Phase, t => Math.Round(t.Milliseconds, 1)));

    internal static IReadOnlyList<PhaseTime> ReadTimings(string json) =>
        [.. (JsonSerializer.Deserialize<Dictionary<string, double>>(json) ?? []).Select(t => new PhaseTime(t.Key, t.Value)).OrderBy(t => Array.IndexOf(Phases, t.Phase))];

    private static readonly string[] Phases = ["load", "engine", "prepare", "explode", "net", "lot", "supplier", "peg", "write"];
}

/// <summary>What a recommendation rests on, as it was planned.</summary>
/// <param name="Order">What the engine reckoned with.</param>
/// <param name="ReceiptDate">When it comes at the earliest: the need, or today and the lead time where that is later.</param>
/// <param name="ReleaseDate">When to order it: today at the earliest.</param>
/// <param name="PastDueDays">Days since the last day on which it would have come in time; 0 where it still does.</param>
/// <param name="TierFrom">The quantity from which the price holds; null without tiers.</param>
/// <param name="OfferId">The supplier's price; null without a supplier.</param>
/// <param name="IsMoqExcess">The minimum order makes more than the cover allowed.</param>
public sealed record RecommendationFacts(
    PlannedOrderFacts Order, DateOnly ReceiptDate, DateOnly ReleaseDate, int PastDueDays, decimal? TierFrom, Guid? OfferId, bool IsMoqExcess);

/// <summary>A part of a recommendation and what it is for. The parts come to exactly the recommended quantity.</summary>
/// <param name="PartId">Whose end need it is; null for the rest, which is many small ones.</param>
/// <param name="Target">firm_order, forecast, reservation, dependent, negative_stock, safety_stock, lot_surplus, moq_surplus, or rest.</param>
/// <param name="Quantity">In the unit of the part that is ordered.</param>
public sealed record RecommendationPeg(Guid? PartId, string? PartNumber, string Target, decimal Quantity);
