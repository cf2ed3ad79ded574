using Sourcing.Data.Catalog;
using Sourcing.Data.Common;

namespace Sourcing.Web.Tests.Catalog;

public sealed class UnitConversionTests
{
    private static readonly UnitFacts Kg = new(Guid.CreateVersion7(), "kg", "kilogram", Dimension.Mass, 1);
    private static readonly UnitFacts Gram = new(Guid.CreateVersion7(), "g", "gram", Dimension.Mass, 0.001m);
    private static readonly UnitFacts Metre = new(Guid.CreateVersion7(), "m", "metre", Dimension.Length, 1);
    private static readonly UnitFacts Drum = new(Guid.CreateVersion7(), "drum", "drum", Dimension.Package, 1);
    private static readonly UnitFacts Roll = new(Guid.CreateVersion7(), "roll", "roll", Dimension.Package, 1);
    private static readonly UnitFacts Dozen = new(Guid.CreateVersion7(), "dz", "dozen", Dimension.Count, 12);
    private static readonly UnitFacts Piece = new(Guid.CreateVersion7(), "pcs", "piece", Dimension.Count, 1);
    private static readonly UnitConversion Units = new([Kg, Gram, Metre, Drum, Roll, Dozen, Piece]);

    private static PartUnits Part(UnitFacts own, params (UnitFacts Unit, decimal Factor)[] factors) =>
        new(own.Id, factors.ToDictionary(f => f.Unit.Id, f => f.Factor));

    [Fact]
    public void Units_of_one_dimension_convert_by_their_factors()
    {
        Assert.Equal(2.5m, Units.Convert(2500, Gram.Id, Kg.Id));
        Assert.Equal(36, Units.Convert(3, Dozen.Id, Piece.Id));
        Assert.Equal(1, Units.Factor(Drum.Id, Drum.Id));
    }

    [Fact]
    public void A_price_converts_the_other_way_round() => Assert.Equal(0.004m, Units.ConvertPrice(4m, Kg.Id, Gram.Id));

    [Fact]
    public void A_package_holds_what_the_part_says_and_between_packages_too()
    {
        var yarn = Part(Kg, (Roll, 45), (Drum, 180));
        Assert.Equal(90, Units.Convert(2, Roll.Id, Kg.Id, yarn));
        Assert.Equal(8, Units.Convert(2, Drum.Id, Roll.Id, yarn));
        Assert.Equal(45_000, Units.Convert(1, Roll.Id, Gram.Id, yarn));
    }

    [Fact]
    public void A_factor_of_one_unit_serves_its_whole_dimension() =>
        // Cloth kept in metres, 1 kg = 5 m: 200 g are 1 m.
        Assert.Equal(1, Units.Convert(200, Gram.Id, Metre.Id, Part(Metre, (Kg, 5))));

    [Fact]
    public void The_parts_own_factor_goes_before_the_dimension() => Assert.Equal(10, Units.Convert(1, Dozen.Id, Piece.Id, Part(Piece, (Dozen, 10))));

    [Fact]
    public void An_impossible_conversion_is_refused_with_both_units()
    {
        var refusal = Assert.Throws<RefusedException>(() => Units.Convert(1, Drum.Id, Kg.Id, Part(Kg)));
        Assert.Equal("No conversion from drum to kg for this part. Say how many kg a drum holds.", refusal.Message);
        Assert.Contains("from drum to roll", Assert.Throws<RefusedException>(() => Units.Factor(Drum.Id, Roll.Id)).Message, StringComparison.Ordinal);
        Assert.Null(Units.FactorOrNull(Kg.Id, Metre.Id, Part(Kg, (Roll, 45))));
    }
}
