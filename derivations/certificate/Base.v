(** What the certificates speak about: finite sets, sums, distributions, powers, limits.

    Every number is a real number: a bit is 0 or 1, an index is a real that is whole. So there are no coercions, and a
    statement reads like the claim that it was made from. A finite set holds every element once. *)
From Coquelicot Require Import Coquelicot.
From Coq Require Import Reals Lra Lia List ZArith Factorial.
From Coq Require FinFun.
Import ListNotations.
Open Scope R_scope.

(** * Whole numbers *)
Definition integer (x : R) : Prop := exists k : Z, x = IZR k.
Definition nat_of (x : R) : nat := Z.to_nat (Int_part x).

(** * Finite sets *)
Record fset (A : Type) := Fset {
  elements : list A;
  once : NoDup elements;
  same : forall x y : A, {x = y} + {x <> y}
}.
Arguments Fset {A}. Arguments elements {A}. Arguments once {A}. Arguments same {A}.

Definition member {A} (x : A) (D : fset A) : Prop := In x (elements D).
Definition card {A} (D : fset A) : R := INR (length (elements D)).

(** An element to answer with where a vector has no such component. *)
Class Point (A : Type) := point : A.
#[export] Instance point_of_reals : Point R := 0.
#[export] Instance point_of_lists {A} : Point (list A) := nil.

Fixpoint lsum {A} (l : list A) (F : A -> R) : R := match l with nil => 0 | x :: l' => F x + lsum l' F end.
Fixpoint lprod {A} (l : list A) (F : A -> R) : R := match l with nil => 1 | x :: l' => F x * lprod l' F end.
Definition Sum {A} (D : fset A) (F : A -> R) : R := lsum (elements D) F.
Definition Prod {A} (D : fset A) (F : A -> R) : R := lprod (elements D) F.

Lemma bits_once : NoDup [0; 1].
Proof. repeat constructor; simpl; intros []; [lra | assumption]. Qed.
Definition bits : fset R := Fset [0; 1] bits_once Req_EM_T.

(** The whole steps from [a] up to [b]: a, a + 1, ..., b. *)
Definition range_list (a b : R) : list R := map (fun k => a + INR k) (seq 0 (nat_of (b - a + 1))).
Lemma range_once a b : NoDup (range_list a b).
Proof.
  apply FinFun.Injective_map_NoDup; [|apply seq_NoDup].
  intros i j H; apply INR_eq; lra.
Qed.
Definition range (a b : R) : fset R := Fset (range_list a b) (range_once a b) Req_EM_T.

Lemma removed_once {A} (same : forall x y : A, {x = y} + {x <> y}) (k : A) (l : list A) :
  NoDup l -> NoDup (remove same k l).
Proof.
  induction l as [|a l IH]; intros H; simpl; [constructor|]. inversion H; subst.
  destruct (same k a); [apply IH; assumption|]. constructor; [|apply IH; assumption].
  intros Hin. apply in_remove in Hin. tauto.
Qed.
Definition without {A} (D : fset A) (k : A) : fset A :=
  Fset (remove (same D) k (elements D)) (removed_once (same D) k (elements D) (once D)) (same D).

Fixpoint tuple_list {A} (l : list A) (n : nat) : list (list A) :=
  match n with
  | O => [nil]
  | S n' => flat_map (fun x => map (cons x) (tuple_list l n')) l
  end.

Lemma in_tuple_list {A} (l : list A) n v :
  In v (tuple_list l n) <-> length v = n /\ Forall (fun x => In x l) v.
Proof.
  revert v; induction n as [|n IH]; intros v; simpl.
  - split.
    + intros [<-|[]]; split; constructor.
    + intros [H _]; destruct v; [left; reflexivity|discriminate].
  - rewrite in_flat_map; split.
    + intros [x [Hx H]]; apply in_map_iff in H; destruct H as [w [<- Hw]].
      apply IH in Hw; destruct Hw as [Hl HF]; split; [simpl; congruence|constructor; assumption].
    + intros [Hl HF]; destruct v as [|x w]; [discriminate|].
      inversion HF; subst; exists x; split; [assumption|].
      apply in_map, IH; split; [simpl in Hl; congruence|assumption].
Qed.

Lemma disjoint_app_once {A} (l1 l2 : list A) :
  NoDup l1 -> NoDup l2 -> (forall x, In x l1 -> ~ In x l2) -> NoDup (l1 ++ l2).
Proof.
  induction l1 as [|a l IH]; intros H1 H2 Hd; simpl; [assumption|].
  inversion H1; subst; constructor.
  - intros H; apply in_app_or in H; destruct H as [H|H]; [contradiction|].
    apply (Hd a (or_introl eq_refl) H).
  - apply IH; auto. intros x Hx; apply Hd; right; assumption.
Qed.

Lemma tuples_once {A} (l : list A) n : NoDup l -> NoDup (tuple_list l n).
Proof.
  intros Hl; induction n as [|n IH]; simpl.
  - constructor; [intros []|constructor].
  - assert (G : forall l', NoDup l' -> NoDup (flat_map (fun x => map (cons x) (tuple_list l n)) l')).
    { intros l' Hl'; induction Hl' as [|x l' Hx Hl' IHl]; simpl; [constructor|].
      apply disjoint_app_once; [|assumption|].
      - apply FinFun.Injective_map_NoDup; [intros u v; congruence|assumption].
      - intros xs H1 H2; apply in_map_iff in H1; destruct H1 as [ys [<- _]].
        apply in_flat_map in H2; destruct H2 as [y [Hy H2]].
        apply in_map_iff in H2; destruct H2 as [zs [Heq _]].
        apply Hx; congruence. }
    apply G, Hl.
Qed.
Definition tuples {A} (D : fset A) (n : R) : fset (list A) :=
  Fset (tuple_list (elements D) (nat_of n)) (tuples_once _ _ (once D)) (list_eq_dec (same D)).

(** The component of a vector; the first one has the index 1. *)
Definition component {A} `{Point A} (v : list A) (i : R) : A := nth (nat_of (i - 1)) v point.

(** * Functions *)
(** A power with a whole exponent is a product, whatever the base; with any other exponent the base is to be positive. *)
Definition power (a b : R) : R :=
  if Req_EM_T b (IZR (Int_part b)) then powerRZ a (Int_part b) else exp (b * ln a).
Notation "a ^^ b" := (power a b) (at level 30, right associativity) : R_scope.

Definition Sigmoid (a : R) : R := / (1 + exp (- a)).
Definition Logit (a : R) : R := ln (a / (1 - a)).
Definition Softplus (a : R) : R := ln (1 + exp a).
Definition Tanh (a : R) : R := (exp a - exp (- a)) / (exp a + exp (- a)).
Definition Sinh (a : R) : R := (exp a - exp (- a)) / 2.
Definition Cosh (a : R) : R := (exp a + exp (- a)) / 2.
Definition Arsinh (a : R) : R := ln (a + sqrt (a ^^ 2 + 1)).
Definition Arcosh (a : R) : R := ln (a + sqrt (a ^^ 2 - 1)).
Definition Artanh (a : R) : R := ln ((1 + a) / (1 - a)) / 2.
(** The real root of odd degree n, of any number. *)
Definition Root (a n : R) : R := sign a * exp (ln (Rabs a) / n).
Definition factorial (n : R) : R := INR (fact (nat_of n)).
(** By Pascal's triangle: 0 where k is more than n, which [C] of the standard library is not. *)
Fixpoint choose (n k : nat) : R :=
  match n, k with
  | _, O => 1
  | O, S _ => 0
  | S n', S k' => choose n' k' + choose n' (S k')
  end.
Definition binom (n k : R) : R := choose (nat_of n) (nat_of k).
(** The density of the normal distribution with mean m and variance v. *)
Definition Normal (x m v : R) : R := exp (- ((x - m) ^ 2 / (2 * v))) / sqrt (2 * PI * v).
(** Kronecker's delta, for things that can be told apart. *)
Class Same (A : Type) := same_in : forall x y : A, {x = y} + {x <> y}.
#[export] Instance same_reals : Same R := Req_EM_T.
#[export] Instance same_lists {A} `{Same A} : Same (list A) := list_eq_dec same_in.
Definition Delta {A} `{Same A} (a b : A) : R := if same_in a b then 1 else 0.
Definition bern (b z : R) : R := if Req_EM_T z 1 then b else 1 - b.

(** * Distributions *)
Definition pmf {A} (D : fset A) (Q : A -> R) : Prop := (forall z, member z D -> 0 <= Q z) /\ Sum D Q = 1.
Definition Expectation {A} (D : fset A) (Q G : A -> R) : R := Sum D (fun z => Q z * G z).
Definition Variance {A} (D : fset A) (Q G : A -> R) : R :=
  Sum D (fun z => Q z * (G z - Sum D (fun w => Q w * G w)) ^^ 2).
Definition Covariance {A} (D : fset A) (Q G H : A -> R) : R :=
  Sum D (fun z => Q z * ((G z - Sum D (fun w => Q w * G w)) * (H z - Sum D (fun w => Q w * H w)))).
Definition Divergence {A} (D : fset A) (Q P : A -> R) : R := Sum D (fun z => Q z * ln (Q z / P z)).
Definition Entropy {A} (D : fset A) (Q : A -> R) : R := - Sum D (fun z => Q z * ln (Q z)).
Definition CrossEntropy {A} (D : fset A) (Q P : A -> R) : R := - Sum D (fun z => Q z * ln (P z)).

(** [R] looks at its vector through components other than the one with index [k]. *)
Definition ignores {A} `{Point A} (D : fset A) (n : R) (F : list A -> R) (k : R) : Prop :=
  forall v w, member v (tuples D n) -> member w (tuples D n) ->
    (forall i, integer i -> 1 <= i <= n -> i <> k -> component v i = component w i) -> F v = F w.

Definition convex_on (P : R -> Prop) (F : R -> R) : Prop :=
  forall x y t, P x -> P y -> 0 <= t -> t <= 1 -> F (t * x + (1 - t) * y) <= t * F x + (1 - t) * F y.

(** * Limits from one side *)
Definition tends_right (F : R -> R) (a : R) (L : Rbar) : Prop := filterlim F (at_right a) (Rbar_locally L).
Definition tends_left (F : R -> R) (a : R) (L : Rbar) : Prop := filterlim F (at_left a) (Rbar_locally L).

(** * Congruence: an equation used below a binder *)
Lemma lsum_ext {A} (l : list A) (F G : A -> R) : (forall z, In z l -> F z = G z) -> lsum l F = lsum l G.
Proof.
  induction l as [|a l IH]; intros H; simpl; [reflexivity|].
  rewrite (H a (or_introl eq_refl)), IH; [reflexivity|]. intros z Hz; apply H; right; exact Hz.
Qed.
Lemma lprod_ext {A} (l : list A) (F G : A -> R) : (forall z, In z l -> F z = G z) -> lprod l F = lprod l G.
Proof.
  induction l as [|a l IH]; intros H; simpl; [reflexivity|].
  rewrite (H a (or_introl eq_refl)), IH; [reflexivity|]. intros z Hz; apply H; right; exact Hz.
Qed.
Lemma Sum_ext {A} (D : fset A) (F G : A -> R) : (forall z, member z D -> F z = G z) -> Sum D F = Sum D G.
Proof. apply lsum_ext. Qed.
Lemma Prod_ext {A} (D : fset A) (F G : A -> R) : (forall z, member z D -> F z = G z) -> Prod D F = Prod D G.
Proof. apply lprod_ext. Qed.

Lemma Expectation_ext {A} (D : fset A) (Q G Q' G' : A -> R) :
  (forall z, member z D -> Q z = Q' z) -> (forall z, member z D -> G z = G' z) ->
  Expectation D Q G = Expectation D Q' G'.
Proof. intros HQ HG; apply Sum_ext; intros z Hz; rewrite HQ, HG by assumption; reflexivity. Qed.
Lemma Covariance_ext {A} (D : fset A) (Q G H Q' G' H' : A -> R) :
  (forall z, member z D -> Q z = Q' z) -> (forall z, member z D -> G z = G' z) ->
  (forall z, member z D -> H z = H' z) -> Covariance D Q G H = Covariance D Q' G' H'.
Proof.
  intros HQ HG HH; unfold Covariance.
  rewrite (Sum_ext D (fun w => Q w * G w) (fun w => Q' w * G' w)),
    (Sum_ext D (fun w => Q w * H w) (fun w => Q' w * H' w))
    by (intros; rewrite HQ by assumption; rewrite ?HG, ?HH by assumption; reflexivity).
  apply Sum_ext; intros z Hz; rewrite HQ, HG, HH by assumption; reflexivity.
Qed.
Lemma Variance_ext {A} (D : fset A) (Q G Q' G' : A -> R) :
  (forall z, member z D -> Q z = Q' z) -> (forall z, member z D -> G z = G' z) -> Variance D Q G = Variance D Q' G'.
Proof.
  intros HQ HG; unfold Variance.
  rewrite (Sum_ext D (fun w => Q w * G w) (fun w => Q' w * G' w))
    by (intros; rewrite HQ, HG by assumption; reflexivity).
  apply Sum_ext; intros z Hz; rewrite HQ, HG by assumption; reflexivity.
Qed.
Lemma Divergence_ext {A} (D : fset A) (Q P Q' P' : A -> R) :
  (forall z, member z D -> Q z = Q' z) -> (forall z, member z D -> P z = P' z) -> Divergence D Q P = Divergence D Q' P'.
Proof. intros HQ HP; apply Sum_ext; intros z Hz; rewrite HQ, HP by assumption; reflexivity. Qed.
Lemma CrossEntropy_ext {A} (D : fset A) (Q P Q' P' : A -> R) :
  (forall z, member z D -> Q z = Q' z) -> (forall z, member z D -> P z = P' z) ->
  CrossEntropy D Q P = CrossEntropy D Q' P'.
Proof. intros HQ HP; unfold CrossEntropy; f_equal; apply Sum_ext; intros z Hz; rewrite HQ, HP by assumption; reflexivity. Qed.
Lemma Entropy_ext {A} (D : fset A) (Q Q' : A -> R) :
  (forall z, member z D -> Q z = Q' z) -> Entropy D Q = Entropy D Q'.
Proof. intros HQ; unfold Entropy; f_equal; apply Sum_ext; intros z Hz; rewrite HQ by assumption; reflexivity. Qed.

(** Below a derivative an equation is needed near the point only, where [P] holds. *)
Lemma Derive_near (F G : R -> R) (x : R) (P : R -> Prop) :
  locally x P -> (forall t, P t -> F t = G t) -> Derive F x = Derive G x.
Proof. intros HP H; apply Derive_ext_loc; exact (filter_imp P _ H HP). Qed.
Lemma near_true (x : R) : locally x (fun _ => True).
Proof. exists (mkposreal 1 Rlt_0_1); intros; exact I. Qed.
Lemma near_and (x : R) (P Q : R -> Prop) : locally x P -> locally x Q -> locally x (fun t => P t /\ Q t).
Proof. intros; apply filter_and; assumption. Qed.
Lemma near_above (x a : R) : a < x -> locally x (fun t => a < t).
Proof. apply open_gt. Qed.
Lemma near_below (x a : R) : x < a -> locally x (fun t => t < a).
Proof. apply open_lt. Qed.
Lemma near_unequal (x a : R) : x <> a -> locally x (fun t => t <> a).
Proof. apply open_neq. Qed.
Lemma near_unequal_sym (x a : R) : a <> x -> locally x (fun t => a <> t).
Proof. intros H; apply (filter_imp (fun t => t <> a)); [auto|apply open_neq; auto]. Qed.

Lemma beside_right (a : R) (P : R -> Prop) : (forall t, a < t < a + 1 -> P t) -> at_right a P.
Proof.
  intros H; exists (mkposreal 1 Rlt_0_1); intros t Ht Hat; apply H; split; [exact Hat|].
  unfold ball in Ht; simpl in Ht; unfold AbsRing_ball, abs, minus, plus, opp in Ht; simpl in Ht.
  apply Rabs_def2 in Ht; lra.
Qed.
Lemma beside_left (a : R) (P : R -> Prop) : (forall t, a - 1 < t < a -> P t) -> at_left a P.
Proof.
  intros H; exists (mkposreal 1 Rlt_0_1); intros t Ht Hat; apply H; split; [|exact Hat].
  unfold ball in Ht; simpl in Ht; unfold AbsRing_ball, abs, minus, plus, opp in Ht; simpl in Ht.
  apply Rabs_def2 in Ht; lra.
Qed.
Lemma tends_right_ext (F G : R -> R) (a : R) (L : Rbar) :
  (forall t, a < t < a + 1 -> F t = G t) -> tends_right G a L -> tends_right F a L.
Proof.
  intros H; apply filterlim_ext_loc, beside_right; intros t Ht; symmetry; apply H; exact Ht.
Qed.
Lemma tends_left_ext (F G : R -> R) (a : R) (L : Rbar) :
  (forall t, a - 1 < t < a -> F t = G t) -> tends_left G a L -> tends_left F a L.
Proof.
  intros H; apply filterlim_ext_loc, beside_left; intros t Ht; symmetry; apply H; exact Ht.
Qed.

Lemma tends_right_value (F : R -> R) (a x y : R) : x = y -> tends_right F a (Finite x) -> tends_right F a (Finite y).
Proof. intros ->; auto. Qed.
Lemma tends_left_value (F : R -> R) (a x y : R) : x = y -> tends_left F a (Finite x) -> tends_left F a (Finite y).
Proof. intros ->; auto. Qed.

(** * Facts about the vocabulary *)
Lemma Int_part_IZR (k : Z) : Int_part (IZR k) = k.
Proof. unfold Int_part; rewrite <- (tech_up (IZR k) (k + 1)); [lia | rewrite plus_IZR; lra ..]. Qed.
Lemma nat_of_INR (n : nat) : nat_of (INR n) = n.
Proof. unfold nat_of; rewrite INR_IZR_INZ, Int_part_IZR, Nat2Z.id; reflexivity. Qed.
Lemma integer_IZR (k : Z) : integer (IZR k).
Proof. exists k; reflexivity. Qed.
Lemma integer_INR (n : nat) : integer (INR n).
Proof. exists (Z.of_nat n); apply INR_IZR_INZ. Qed.
Lemma integer_plus x y : integer x -> integer y -> integer (x + y).
Proof. intros [j ->] [k ->]; exists (j + k)%Z; symmetry; apply plus_IZR. Qed.
Lemma integer_minus x y : integer x -> integer y -> integer (x - y).
Proof. intros [j ->] [k ->]; exists (j - k)%Z; symmetry; apply minus_IZR. Qed.
Lemma integer_mult x y : integer x -> integer y -> integer (x * y).
Proof. intros [j ->] [k ->]; exists (j * k)%Z; symmetry; apply mult_IZR. Qed.
Lemma integer_opp x : integer x -> integer (- x).
Proof. intros [j ->]; exists (- j)%Z; symmetry; apply opp_IZR. Qed.
Lemma integer_card {A} (D : fset A) : integer (card D).
Proof. apply integer_INR. Qed.
Lemma integer_factorial n : integer (factorial n).
Proof. apply integer_INR. Qed.

(** A whole number that is not negative is a natural number. *)
Lemma natural (x : R) : integer x -> 0 <= x -> exists n : nat, x = INR n.
Proof.
  intros [k ->] H; apply le_IZR in H; exists (Z.to_nat k); rewrite INR_IZR_INZ, Z2Nat.id by assumption; reflexivity.
Qed.

Lemma member_range (a b x : R) : member x (range a b) <-> exists k : nat, x = a + INR k /\ (k < nat_of (b - a + 1))%nat.
Proof.
  unfold member, range, range_list; simpl; rewrite in_map_iff; split; intros [k [H1 H2]]; exists k.
  - apply in_seq in H2; split; [symmetry; assumption | lia].
  - split; [symmetry; assumption | apply in_seq; lia].
Qed.
Lemma in_range (a b x : R) : integer a -> integer b -> integer x -> a <= x -> x <= b -> member x (range a b).
Proof.
  intros Ha Hb Hx H1 H2; apply member_range.
  destruct (natural (x - a)) as [k Hk]; [apply integer_minus; assumption | lra |].
  destruct (natural (b - x)) as [j Hj]; [apply integer_minus; assumption | lra |].
  exists k; split; [lra|].
  replace (b - a + 1) with (INR (k + j + 1)) by (rewrite !plus_INR; simpl; lra).
  rewrite nat_of_INR; lia.
Qed.
Lemma range_low (a b x : R) : member x (range a b) -> a <= x.
Proof. intros H; apply member_range in H; destruct H as [k [-> _]]; pose proof (pos_INR k); lra. Qed.
Lemma range_high (a b x : R) : member x (range a b) -> x <= b.
Proof.
  intros H; apply member_range in H; destruct H as [k [-> H]].
  unfold nat_of in H. pose proof (base_Int_part (b - a + 1)) as [H1 _].
  assert (K : (Z.of_nat k + 1 <= Int_part (b - a + 1))%Z) by lia.
  apply IZR_le in K; rewrite plus_IZR, <- INR_IZR_INZ in K; lra.
Qed.
Lemma range_integer (a b x : R) : integer a -> member x (range a b) -> integer x.
Proof.
  intros Ha H; apply member_range in H; destruct H as [k [-> _]]; apply integer_plus; [assumption|apply integer_INR].
Qed.

Lemma bits_cases (z : R) : member z bits -> z = 0 \/ z = 1.
Proof. intros [H|[H|[]]]; [left|right]; symmetry; exact H. Qed.
Lemma zero_in_bits : member 0 bits.
Proof. left; reflexivity. Qed.
Lemma one_in_bits : member 1 bits.
Proof. right; left; reflexivity. Qed.
Lemma complement_in_bits z : member z bits -> member (1 - z) bits.
Proof.
  intros H; apply bits_cases in H; destruct H as [-> | ->].
  - replace (1 - 0) with 1 by ring; apply one_in_bits.
  - replace (1 - 1) with 0 by ring; apply zero_in_bits.
Qed.
Lemma product_in_bits z w : member z bits -> member w bits -> member (z * w) bits.
Proof.
  intros H; apply bits_cases in H; destruct H as [-> | ->]; intros Hw.
  - rewrite Rmult_0_l; apply zero_in_bits.
  - rewrite Rmult_1_l; assumption.
Qed.
Lemma bits_low z : member z bits -> 0 <= z.
Proof. intros H; apply bits_cases in H; lra. Qed.
Lemma bits_high z : member z bits -> z <= 1.
Proof. intros H; apply bits_cases in H; lra. Qed.
Lemma bits_integer z : member z bits -> integer z.
Proof. intros H; apply bits_cases in H; destruct H as [-> | ->]; apply integer_IZR. Qed.
Lemma bits_idempotent z : member z bits -> z * z = z.
Proof. intros H; apply bits_cases in H; destruct H as [-> | ->]; ring. Qed.

Lemma member_without {A} (D : fset A) (k x : A) : member x (without D k) <-> member x D /\ x <> k.
Proof.
  unfold member, without; simpl; split.
  - intros H; apply in_remove in H; exact H.
  - intros [H1 H2]; apply in_in_remove; assumption.
Qed.
Lemma without_member {A} (D : fset A) (k x : A) : member x (without D k) -> member x D.
Proof. intros H; apply member_without in H; apply H. Qed.
Lemma without_other {A} (D : fset A) (k x : A) : member x (without D k) -> x <> k.
Proof. intros H; apply member_without in H; apply H. Qed.
Lemma in_without {A} (D : fset A) (k x : A) : member x D -> x <> k -> member x (without D k).
Proof. intros; apply member_without; split; assumption. Qed.

Lemma component_member {A} `{Point A} (D : fset A) (n : R) (v : list A) (i : R) :
  integer n -> member v (tuples D n) -> member i (range 1 n) -> member (component v i) D.
Proof.
  intros Hn Hv Hi; apply in_tuple_list in Hv; destruct Hv as [Hl HF].
  unfold component, member; rewrite Forall_forall in HF; apply HF, nth_In.
  pose proof (range_low _ _ _ Hi) as H1; pose proof (range_high _ _ _ Hi) as H2.
  destruct (natural (i - 1)) as [j Hj];
    [apply integer_minus; [exact (range_integer 1 n i (integer_IZR 1) Hi) | apply integer_IZR] | lra |].
  destruct (natural n) as [m Hm]; [assumption | lra |].
  rewrite Hl, Hj, Hm, !nat_of_INR. apply INR_lt; lra.
Qed.

Lemma bern_zero b : bern b 0 = 1 - b.
Proof. unfold bern; destruct (Req_EM_T 0 1); [lra|reflexivity]. Qed.
Lemma bern_one b : bern b 1 = b.
Proof. unfold bern; destruct (Req_EM_T 1 1); [reflexivity|lra]. Qed.
Lemma bern_positive b z : 0 < b -> b < 1 -> 0 < bern b z.
Proof. intros; unfold bern; destruct (Req_EM_T z 1); lra. Qed.
Lemma bern_below_one b z : 0 < b -> b < 1 -> bern b z < 1.
Proof. intros; unfold bern; destruct (Req_EM_T z 1); lra. Qed.
Lemma bern_nonnegative b z : 0 <= b -> b <= 1 -> 0 <= bern b z.
Proof. intros; unfold bern; destruct (Req_EM_T z 1); lra. Qed.
Lemma bern_at_most_one b z : 0 <= b -> b <= 1 -> bern b z <= 1.
Proof. intros; unfold bern; destruct (Req_EM_T z 1); lra. Qed.

Lemma power_integer (a : R) (k : Z) : a ^^ IZR k = powerRZ a k.
Proof. unfold power; rewrite Int_part_IZR; destruct (Req_EM_T (IZR k) (IZR k)); [reflexivity|congruence]. Qed.
Lemma power_natural (a : R) (n : nat) : a ^^ INR n = a ^ n.
Proof. rewrite INR_IZR_INZ, power_integer; symmetry; apply pow_powerRZ. Qed.
Lemma power_exp (a b : R) : 0 < a -> a ^^ b = exp (b * ln a).
Proof.
  intros Ha; unfold power; destruct (Req_EM_T b (IZR (Int_part b))) as [H|H]; [|reflexivity].
  rewrite H at 2; rewrite powerRZ_Rpower by assumption; reflexivity.
Qed.
Lemma power_positive (a b : R) : 0 < a -> 0 < a ^^ b.
Proof. intros Ha; rewrite power_exp by assumption; apply exp_pos. Qed.
Lemma power_zero (a : R) : a ^^ 0 = 1.
Proof. exact (power_natural a 0). Qed.
Lemma power_one (a : R) : a ^^ 1 = a.
Proof. rewrite (power_integer a 1); simpl; ring. Qed.
(** For numerals: [n] is computed by the tactic below. *)
Lemma power_numeral (a : R) (p : positive) (n : nat) : Pos.to_nat p = n -> a ^^ IZR (Zpos p) = a ^ n.
Proof. intros <-; apply power_integer. Qed.
Lemma power_inverse (a : R) (p : positive) (n : nat) : Pos.to_nat p = n -> a ^^ IZR (Zneg p) = / (a ^ n).
Proof. intros <-; apply power_integer. Qed.
Lemma power_nonnegative (a : R) (n : nat) : 0 <= a -> 0 <= a ^^ INR n.
Proof. intros; rewrite power_natural; apply pow_le; assumption. Qed.
Lemma power_unequal (a : R) (k : Z) : a <> 0 -> a ^^ IZR k <> 0.
Proof. intros; rewrite power_integer; apply powerRZ_NOR; assumption. Qed.
