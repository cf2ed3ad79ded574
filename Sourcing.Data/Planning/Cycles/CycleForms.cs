using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Starts a live cycle: it plans as of today, with the parameters as they are.</summary>
public sealed class StartCycleForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();
}

/// <summary>A question to a cycle: what if some figures were others?</summary>
public sealed class WhatIfForm : IForm, IValidatableObject
{
    /// <summary>The most suppositions of one question.</summary>
    public const int MostChanges = 50;

    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The finished live cycle that is varied.</summary>
    [Required(ErrorMessage = "Choose the cycle that is varied.")]
    [Display(Name = "Cycle")]
    public Guid? BaseCycleId { get; set; }

    [Required(ErrorMessage = "Give the question a name, such as \"Demand up 20 %\".")]
    [StringLength(200, ErrorMessage = "At most 200 characters.")]
    public string Name { get; set; } = "";

    /// <summary>Applied in this order; at least one.</summary>
    public List<OverrideForm> Changes { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Changes.Count is 0 or > MostChanges)
        {
            yield return new($"A what-if changes 1 to {MostChanges} things. Add what is to be different.", [nameof(Changes)]);
        }
    }
}

/// <summary>One supposition, as typed.</summary>
public sealed class OverrideForm : IValidatableObject
{
    public PlanOverrideKind Kind { get; set; }

    public PlanOverrideScope Scope { get; set; }

    /// <summary>The part or the supplier, for those scopes.</summary>
    public Guid? TargetId { get; set; }

    /// <summary>Code of the category, for that scope.</summary>
    [StringLength(40, ErrorMessage = "At most 40 characters.")]
    public string? Class { get; set; }

    /// <inheritdoc cref="PlanOverride.Value"/>
    public decimal Value { get; set; } = 1;

    /// <inheritdoc cref="PlanOverride.IsFactor"/>
    public bool IsFactor { get; set; } = true;

    /// <summary>As the engine takes it.</summary>
    public PlanOverride ToOverride() => new(Kind, Scope, Kind == PlanOverrideKind.SupplierOff ? 0 : Value, IsFactor)
    {
        TargetId = Scope is PlanOverrideScope.Material or PlanOverrideScope.Supplier ? TargetId : null,
        Class = Scope == PlanOverrideScope.Class ? Class?.Trim() : null,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Scope is PlanOverrideScope.Material or PlanOverrideScope.Supplier && TargetId is null)
        {
            yield return new(Scope == PlanOverrideScope.Material ? "Choose the part." : "Choose the supplier.", [nameof(TargetId)]);
        }

        if (Scope == PlanOverrideScope.Class && string.IsNullOrWhiteSpace(Class))
        {
            yield return new("Choose the category.", [nameof(Class)]);
        }

        if (Kind == PlanOverrideKind.SupplierOff && Scope != PlanOverrideScope.Supplier)
        {
            yield return new("Say which supplier is off.", [nameof(Scope)]);
        }

        if (Scope == PlanOverrideScope.Supplier && Kind is PlanOverrideKind.Demand or PlanOverrideKind.ServiceLevel or PlanOverrideKind.Stock && Scope == PlanOverrideScope.Supplier)
        {
            yield return new("This does not depend on the supplier. Choose all parts, a category or a part.", [nameof(Scope)]);
        }

        if (Kind == PlanOverrideKind.ServiceLevel && Value is < 0.5m or > 0.9999m && Kind == PlanOverrideKind.ServiceLevel)
        {
            yield return new("The service level is 50 to 99.99 %.", [nameof(Value)]);
        }
        else if (Value is < 0 or > 1_000_000_000m)
        {
            yield return new("Enter a figure of 0 or more.", [nameof(Value)]);
        }
        else if (Kind == PlanOverrideKind.LeadTime && !IsFactor && (Value > 1000 || Value != decimal.Truncate(Value)))
        {
            yield return new("A lead time is 0 to 1,000 whole days.", [nameof(Value)]);
        }
        else if (Kind == PlanOverrideKind.Demand && Value > 100)
        {
            yield return new("Demand grows to at most a hundred times.", [nameof(Value)]);
        }
    }
}

/// <summary>Makes a what-if real: a live cycle with its changes.</summary>
public sealed class PromoteForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The what-if.</summary>
    [Required(ErrorMessage = "Choose the what-if.")]
    public Guid? Id { get; set; }
}
