using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>What came out of a scenario, as it was worked out.</summary>
/// <param name="Quotes">The quotes by their place in the solution.</param>
public sealed record ScenarioResult(AwardSolution Solution, IReadOnlyList<Guid> Quotes, IReadOnlyList<RuleCost> RuleCosts);

/// <summary>
/// A saved what-if of an award: rules, and what they come to with the quotes of the moment. Names are unique in a round. What was
/// worked out stays as it is until somebody works it out again; one that an award was made by stays for good.
/// </summary>
public sealed class AwardScenario
{
    private AwardScenario()
    {
    }

    /// <param name="round">The RFQ's round, 1 or more.</param>
    public AwardScenario(Guid rfqId, int round) => (Id, RfqId, Round) = (Guid.CreateVersion7(), rfqId, round);

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    public int Round { get; private set; }

    /// <summary>1 to 80 characters.</summary>
    public string Name { get; private set; } = "";

    [NotMapped]
    public AwardRules Rules => ScenarioJson.Read<AwardRules>(RulesJson);

    [NotMapped]
    public ScenarioResult Result => ScenarioJson.Read<ScenarioResult>(ResultJson);

    /// <summary>Paid to suppliers, in the RFQ's currency.</summary>
    public decimal Landed { get; private set; }

    /// <summary>With late, switching and supplier costs.</summary>
    public decimal Counted { get; private set; }

    public int OpenLines { get; private set; }

    /// <summary>Whether it is the best there is under its rules.</summary>
    public bool Proven { get; private set; }

    public Guid CalculatedBy { get; private set; }

    public DateTimeOffset CalculatedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public uint Version { get; private set; }

    internal string RulesJson { get; private set; } = "{}";

    internal string ResultJson { get; private set; } = "{}";

    /// <summary>Takes over rules and what they come to.</summary>
    public void Take(string name, AwardRules rules, ScenarioResult result, Guid by, DateTimeOffset now)
    {
        var solution = result.Solution;
        (Name, RulesJson, ResultJson, CalculatedBy, CalculatedAt) = (name.Trim(), ScenarioJson.Write(rules), ScenarioJson.Write(result), by, now);
        (Landed, Counted, OpenLines, Proven) = (solution.Landed, solution.Counted, solution.OpenLines.Count, solution.Proven);
    }
}

/// <summary>The JSON columns of scenarios.</summary>
internal static class ScenarioJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;
}
